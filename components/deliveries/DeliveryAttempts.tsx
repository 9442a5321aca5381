'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SkeletonRows } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { LoggedDelivery } from '#server/deliveries/queries/log.ts'
import styles from './Deliveries.module.css'

export function DeliveryAttempts({
  delivery: { id, code },
  onClose,
}: {
  delivery: LoggedDelivery
  onClose: () => void
}) {
  const t = useTranslations('deliveries')
  const trpc = useTRPC()
  const format = useFormat()
  const list = useQuery(trpc.deliveries.attempts.queryOptions({ id }))
  return (
    <Sheet open title={t('log.attemptsOf', { code })} onClose={onClose}>
      {list.isPending && <SkeletonRows rows={4} rowHeight={40} columns={['1fr']} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.data?.length === 0 && <p>{t('log.noAttempts')}</p>}
      <ul className={styles.attempts}>
        {list.data?.map(({ id: attemptId, at, gateway, channel, outcome, failure, status, reported }) => (
          <li key={attemptId}>
            {[format.dateTime(at), t(`channels.${channel}`), gateway, t(`outcomes.${outcome ?? 'none'}`)].join(' · ')}
            {status && <span className={styles.quiet}>{t('undelivered.status', { status })}</span>}
            {reported && <span className={styles.quiet}>{t(`log.reported.${reported}`)}</span>}
            {failure && <span className={styles.quiet}>{t(`failures.${failure}`)}</span>}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
