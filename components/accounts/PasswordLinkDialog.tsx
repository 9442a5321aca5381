'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useConfirmedAttempt } from '#components/shell/use-step-up.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { CopyButton } from '#components/ui/CopyButton.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './AccountsPage.module.css'

type Props = { account: { id: string; name: string }; onClose: () => void }

/** Creates a one-time password link and shows it only this once. */
export function PasswordLinkDialog({ account, onClose }: Props) {
  const t = useTranslations('accounts.admin.linkDialog')
  const refusalText = useRefusalText()
  const format = useFormat()
  const trpc = useTRPC()
  const { mutateAsync, data, error } = useMutation(trpc.accounts.makePasswordLink.mutationOptions())
  const { attempt, dialog } = useConfirmedAttempt()
  // React runs effects twice in development, and a second link would invalidate the first.
  const isAsked = useRef(false)
  useEffect(() => {
    if (isAsked.current) return
    isAsked.current = true
    void attempt({
      run: async () => void (await mutateAsync({ accountId: account.id })),
      onRefused: () => undefined,
    })
  })
  const link = data && `${window.location.origin}${data.path}`
  return (
    <ConfirmDialog open title={t('title')} confirmLabel={t('done')} onConfirm={onClose} onClose={onClose}>
      {error && <p role="alert">{refusalText(error)}</p>}
      {!data && !error && <Skeleton height={64} />}
      {data && link && (
        <>
          <p>{t('sentence', { name: account.name, until: format.dateTime(data.expiresAt) })}</p>
          <p className={styles.link}>
            <code>{link}</code>
            <CopyButton text={link} what={t('what')} />
          </p>
        </>
      )}
      {dialog}
    </ConfirmDialog>
  )
}
