'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { LoggedDelivery } from '#server/deliveries/queries/log.ts'
import type { DeliveryState } from '#server/deliveries/rules/delivery.ts'
import styles from './Deliveries.module.css'

const statusOf = {
  waiting: 'soon',
  queued: 'soon',
  sent: 'answered',
  posted: 'answered',
  told: 'answered',
  failed: 'failed',
  letter: 'soon',
  no_contact: 'closed',
  cancelled: 'closed',
} as const satisfies Record<DeliveryState, string>

export function DeliveryRow({ delivery, onOpen }: { delivery: LoggedDelivery; onOpen: () => void }) {
  const t = useTranslations('deliveries')
  const format = useFormat()
  const { code, kind, state, channel, gateway, attempts, dueAt, failure, status, receipt, createdAt } = delivery
  const { settledAt, settledBy } = delivery
  return (
    <tr>
      <Cell label={t('log.columns.at')}>
        <TimeText at={createdAt} />
      </Cell>
      <Cell heading>
        <span className={styles.whole}>{code}</span>
      </Cell>
      <Cell label={t('log.columns.what')}>{t(`kinds.${kind}`)}</Cell>
      <Cell label={t('log.columns.through')}>
        {channel && t(`channels.${channel}`)}
        {gateway && <span className={styles.quiet}>{gateway}</span>}
      </Cell>
      <Cell label={t('log.columns.state')}>
        <StatusChip status={statusOf[state]} variant="plain">
          {t(`states.${state}`)}
        </StatusChip>
        {failure && <span className={styles.line}>{t(`failures.${failure}`)}</span>}
        {state === 'queued' && <span className={styles.quiet}>{t('log.next', { at: format.dateTime(dueAt) })}</span>}
      </Cell>
      <Cell label={t('log.columns.proof')}>
        {settledAt && state !== 'cancelled' && <span className={styles.line}>{format.dateTime(settledAt)}</span>}
        {settledBy && <span className={styles.quiet}>{settledBy}</span>}
        {receipt && <span className={`${styles.quiet} ${styles.code}`}>{t('log.receipt', { receipt })}</span>}
        {status && <span className={styles.quiet}>{t('undelivered.status', { status })}</span>}
        {gateway && (
          <Button
            size="small"
            variant="quiet"
            aria-label={t('log.attemptsOf', { count: attempts, code })}
            onClick={onOpen}
          >
            {t('log.attempts', { count: attempts })}
          </Button>
        )}
      </Cell>
    </tr>
  )
}
