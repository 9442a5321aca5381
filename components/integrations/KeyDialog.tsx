'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './ApiClients.module.css'

export type ShownKey = { name: string; key: string; expiresAt: Date }

/** A new key, which is shown only this once. */
export function KeyDialog({ made, onClose }: { made: ShownKey; onClose: () => void }) {
  const t = useTranslations('integrations.keyDialog')
  const format = useFormat()
  const { name, key, expiresAt } = made
  return (
    <ConfirmDialog open title={t('title', { name })} confirmLabel={t('done')} onConfirm={onClose} onClose={onClose}>
      <p>{t('sentence', { until: format.dateTime(expiresAt) })}</p>
      <p className={styles.key}>
        <code>{key}</code>
        <CopyButton text={key} what={t('what')} />
      </p>
    </ConfirmDialog>
  )
}
