'use client'

import { CloudAlert, CloudCheck, CloudUpload, GitMerge } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './SaveLine.module.css'
import type { BulletinText } from './use-bulletin-text.ts'

const icons = { saved: CloudCheck, typed: CloudUpload, saving: CloudUpload, failed: CloudAlert, conflict: GitMerge }

/** "Đã lưu 09:41": whether the text on the screen is also on the server. */
export function SaveLine({ text }: { text: BulletinText }) {
  const t = useTranslations('bulletins.saving')
  const format = useFormat()
  const textOf = useRefusalText()
  const { standing, savedAt, failure } = text
  const Icon = icons[standing]
  return (
    <span
      className={styles.line}
      role="status"
      data-standing={standing}
      title={standing === 'failed' && failure ? textOf(failure) : undefined}
    >
      <Icon size={15} aria-hidden="true" />
      {standing === 'saved' ? t('saved', { time: format.time(savedAt) }) : t(standing)}
    </span>
  )
}
