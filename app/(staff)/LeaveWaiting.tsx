'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useOutbox } from '#components/reports/outbox/outbox.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { useToast } from '#components/ui/Toasts.tsx'

type Leaving = { accountId: string; onConfirm: () => Promise<void>; onClose: () => void }

/** Confirmation before signing out while waiting actions are not sent yet. */
export function LeaveWaiting({ accountId, onConfirm, onClose }: Leaving) {
  const t = useTranslations('outbox.signOut')
  const account = useTranslations('shell.account')
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const confirm = async () => {
    setBusy(true)
    try {
      await onConfirm()
    } catch {
      toast({ text: account('notSignedOut'), tone: 'failure' })
    }
    onClose()
  }
  const count = useOutbox(accountId).length
  return (
    <ConfirmDialog
      open
      title={t('title', { count })}
      confirmLabel={t('confirm')}
      busy={isBusy}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t('sentence')}
    </ConfirmDialog>
  )
}
