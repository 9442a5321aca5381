'use client'

import { Copy, Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { documentText } from '#server/bulletins/rules/document-text.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import styles from './BulletinPage.module.css'

type Props = { content: BulletinContent; onGiveUp: () => void }

/**
 * The bulletin was scheduled or published while someone was typing: their text is not part of it, but can be copied.
 */
export function SealedBar({ content, onGiveUp }: Props) {
  const t = useTranslations('bulletins')
  const toast = useToast()
  const copy = () => {
    const texts = [content.vi, content.en].flatMap((text) =>
      text ? [text.title, text.summary, documentText(text.body)] : [],
    )
    void navigator.clipboard
      ?.writeText(texts.filter(Boolean).join('\n\n'))
      .then(() => toast({ text: t('conflict.copied'), tone: 'success', key: 'copied' }))
  }
  return (
    <div className={styles.lock} role="alert">
      <Lock size={16} aria-hidden="true" />
      <span>{t('page.sealedMeanwhile')}</span>
      <Button size="small" icon={<Copy />} onClick={copy}>
        {t('page.copyMine')}
      </Button>
      <Button size="small" variant="quiet" onClick={onGiveUp}>
        {t('page.showSealed')}
      </Button>
    </div>
  )
}
