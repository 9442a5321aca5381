'use client'

import { Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { ConfirmDialogPanel } from '#components/ui/ConfirmDialogPanel.tsx'
import { RadioButton } from '#components/ui/Ticks.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinDocument } from '#server/bulletins/rules/document.ts'
import { documentText } from '#server/bulletins/rules/document-text.ts'
import type { Clash } from '#server/bulletins/rules/merge.ts'
import { useFieldWords } from '../use-field-words.ts'
import styles from './ConflictDialog.module.css'
import type { TextConflict } from './use-bulletin-text.ts'

type Props = { conflict: TextConflict; onResolve: (keepMine: readonly string[]) => void; onClose: () => void }

/** Two people edited the same part: shows both texts side by side, and lets the user copy their own first. */
export function ConflictDialog({ conflict, onResolve, onClose }: Props) {
  const t = useTranslations('bulletins.conflict')
  const format = useFormat()
  const toast = useToast()
  const words = useFieldWords()
  const [mine, setMine] = useState<readonly string[]>(conflict.clashes.map(({ path }) => path))
  const wordsOf = ({ path }: Clash, part: unknown): string => {
    if (path.endsWith('.body')) return documentText(part as BulletinDocument)
    return words.sayValue(path, part)
  }
  const copy = () => {
    const text = conflict.clashes.map((clash) => wordsOf(clash, clash.mine)).join('\n\n')
    void navigator.clipboard?.writeText(text).then(() => toast({ text: t('copied'), tone: 'success', key: 'copied' }))
  }
  return (
    <ConfirmDialogPanel
      open
      title={t('title')}
      confirmLabel={t('confirm')}
      onConfirm={() => onResolve(mine)}
      onClose={onClose}
    >
      <div className={styles.content}>
        <p>
          {conflict.by && conflict.at
            ? t('who', { name: conflict.by, at: format.time(new Date(conflict.at)) })
            : t('somebody')}
        </p>
        <Button icon={<Copy />} onClick={copy}>
          {t('copy')}
        </Button>
        {conflict.clashes.map((clash) => (
          <fieldset key={clash.path} className={styles.clash}>
            <legend>{words.labelOf(clash.path)}</legend>
            {(['mine', 'theirs'] as const).map((side) => (
              <label key={side} className={styles.side}>
                <span className={styles.name}>
                  <RadioButton
                    name={clash.path}
                    checked={mine.includes(clash.path) === (side === 'mine')}
                    onChange={() =>
                      setMine((before) =>
                        side === 'mine' ? [...before, clash.path] : before.filter((path) => path !== clash.path),
                      )
                    }
                  />
                  {t(side)}
                </span>
                <span className={styles.text} lang={clash.path.startsWith('en') ? 'en' : 'vi'}>
                  {wordsOf(clash, clash[side])}
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </ConfirmDialogPanel>
  )
}
