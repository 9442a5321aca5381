'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import styles from './Deliveries.module.css'

export type ShownSecret = { name: string; secret: string }

/** Shows the signing secret of a partner's program, which cannot be shown again. */
export function SigningSecretDialog({ made: { name, secret }, onClose }: { made: ShownSecret; onClose: () => void }) {
  const t = useTranslations('deliveries.gateways.shown')
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
