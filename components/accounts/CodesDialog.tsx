'use client'

import { Download, Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { saveFile } from '#components/ui/save-file.ts'
import styles from './SecondFactor.module.css'

type Props = { username: string; codes: readonly string[]; onClose: () => void }

/** Shows the recovery codes, only this once: to copy, save as a file, or print. */
export function CodesDialog({ username, codes, onClose }: Props) {
  const t = useTranslations('accounts.secondFactor.codesDialog')
  const heading = t('heading', { username })
  const text = [heading, '', ...codes].join('\n')
  return (
    <ConfirmDialog open title={t('title')} confirmLabel={t('done')} onConfirm={onClose} onClose={onClose}>
      <div className={styles.fields}>
        <p>{t('sentence')}</p>
        <ol className={styles.codes}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div className={styles.tools}>
          <CopyButton text={text} what={t('what')} />
          <Button
            size="small"
            icon={<Download />}
            onClick={() => saveFile(new Blob([text], { type: 'text/plain;charset=utf-8' }), t('file', { username }))}
          >
            {t('download')}
          </Button>
          <Button size="small" icon={<Printer />} onClick={() => printLines(heading, codes)}>
            {t('print')}
          </Button>
        </div>
      </div>
    </ConfirmDialog>
  )
}

/** Prints a separate document: the page behind the dialog must not end up at the printer. */
function printLines(heading: string, lines: readonly string[]): void {
  const frame = document.createElement('iframe')
  frame.hidden = true
  document.body.append(frame)
  const sheet = frame.contentDocument
  if (!sheet || !frame.contentWindow) return
  const title = sheet.createElement('h1')
  title.textContent = heading
  const list = sheet.createElement('ol')
  for (const line of lines) {
    const item = sheet.createElement('li')
    item.textContent = line
    list.append(item)
  }
  sheet.body.append(title, list)
  frame.contentWindow.addEventListener('afterprint', () => frame.remove())
  frame.contentWindow.print()
}
