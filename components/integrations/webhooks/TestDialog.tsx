'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import type { WebhookRow } from '#server/webhooks/queries/webhooks.ts'
import { Failure } from './Failure.tsx'
import { PlainText } from './PlainText.tsx'
import styles from './Webhooks.module.css'

type Props = { webhook: Pick<WebhookRow, 'id' | 'version' | 'name'>; onClose: () => void }

/** Sends a test when it opens, and shows the result. */
export function TestDialog({ webhook: { id, version, name }, onClose }: Props) {
  const t = useTranslations('webhooks.test')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const refusalText = useRefusalText()
  const { mutate, data, error, isPending } = useMutation(
    trpc.webhooks.test.mutationOptions({ onSettled: () => queries.invalidateQueries(trpc.webhooks.pathFilter()) }),
  )
  // In development React mounts twice, but only one test may be sent.
  const isSent = useRef(false)
  useEffect(() => {
    if (isSent.current) return
    isSent.current = true
    mutate({ id, version })
  }, [mutate, id, version])
  return (
    <ConfirmDialog
      open
      title={t('title', { name })}
      confirmLabel={t('close')}
      busy={isPending}
      onConfirm={onClose}
      onClose={onClose}
    >
      <div role="status">
        {!data && !error && <Skeleton height={44} />}
        {error && <p className={styles.problem}>{refusalText(error)}</p>}
        {data?.failure && <Failure failure={data.failure} status={data.status} />}
        {data && !data.failure && (
          <p className={styles.what}>{t('delivered', { millis: data.millis, status: String(data.status) })}</p>
        )}
      </div>
      {data?.body && (
        <>
          <p className={styles.todo}>{t('answer')}</p>
          <PlainText>{data.body}</PlainText>
        </>
      )}
    </ConfirmDialog>
  )
}
