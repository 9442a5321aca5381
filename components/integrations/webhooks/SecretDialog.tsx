'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import keyStyles from '../ApiClients.module.css'

export type ShownSecret = { name: string; secret: string }

/** Shows a new secret, which cannot be shown again. */
export function SecretDialog({ made: { name, secret }, onClose }: { made: ShownSecret; onClose: () => void }) {
  const t = useTranslations('webhooks.secretDialog')
  return (
    <ConfirmDialog open title={t('title', { name })} confirmLabel={t('done')} onConfirm={onClose} onClose={onClose}>
      <p>{t('sentence')}</p>
      <p className={keyStyles.key}>
        <code>{secret}</code>
        <CopyButton text={secret} what={t('what')} />
      </p>
    </ConfirmDialog>
  )
}
