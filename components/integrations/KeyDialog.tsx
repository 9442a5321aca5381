'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { KeyUse } from '#server/api-clients/rules/key.ts'
import { endpointOf } from '#server/open311/rules/address.ts'
import styles from './ApiClients.module.css'

export type ShownKey = { name: string; key: string; expiresAt: Date; use?: KeyUse }

/** A new key, which is shown only this once: of a key that only reads the address of the endpoint with it. */
export function KeyDialog({ made, onClose }: { made: ShownKey; onClose: () => void }) {
  const isReading = made.use === 'reading'
  const t = useTranslations(isReading ? 'integrations.readingKeyDialog' : 'integrations.keyDialog')
  const format = useFormat()
  const { name, key, expiresAt } = made
  const text = isReading ? `${window.location.origin}${endpointOf(key)}/` : key
  return (
    <ConfirmDialog open title={t('title', { name })} confirmLabel={t('done')} onConfirm={onClose} onClose={onClose}>
      <p>{t('sentence', { until: format.dateTime(expiresAt) })}</p>
      <p className={styles.key}>
        <code>{text}</code>
        <CopyButton text={text} what={t('what')} />
      </p>
    </ConfirmDialog>
  )
}
