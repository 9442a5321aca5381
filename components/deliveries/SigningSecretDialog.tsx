'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import styles from './Deliveries.module.css'

/** `isAddress`: the secret is within an address. */
export type ShownSecret = { name: string; secret: string; isAddress?: boolean }

/** Shows a secret that cannot be shown again. */
export function SigningSecretDialog({
  made: { name, secret, isAddress },
  onClose,
}: {
  made: ShownSecret
  onClose: () => void
}) {
  const t = useTranslations(isAddress ? 'deliveries.gateways.shownAddress' : 'deliveries.gateways.shown')
  return (
    <ConfirmDialog open title={t('title', { name })} confirmLabel={t('done')} onConfirm={onClose} onClose={onClose}>
      <p>{t('sentence')}</p>
      <p className={styles.key}>
        <code>{secret}</code>
        <CopyButton text={secret} what={t('what')} />
      </p>
    </ConfirmDialog>
  )
}
