'use client'

import { useTranslations } from 'next-intl'
import { NameButton } from '#components/ui/NameButton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { DeliveryRow as Delivery } from '#server/webhooks/queries/webhooks.ts'
import type { DeliveryState } from '#server/webhooks/rules/webhook.ts'
import styles from './Webhooks.module.css'
import { useKindWords } from './words.ts'

const statusOf = { waiting: 'soon', delivered: 'answered', dead: 'failed' } as const satisfies Record<
  DeliveryState,
  string
>

/** `isActive`: the webhook is active, so waiting deliveries will be tried. */
type Props = { delivery: Delivery; isActive: boolean; onOpen: () => void }

export function DeliveryRow({ delivery, isActive, onOpen }: Props) {
  const t = useTranslations('webhooks')
  const format = useFormat()
  const kindWords = useKindWords()
  const { kind, about, state, failure, status, tries, nextTryAt, createdAt } = delivery
  return (
    <tr>
      <Cell heading>
        <NameButton onClick={onOpen}>{kindWords(kind)}</NameButton>
      </Cell>
      <Cell label={t('log.columns.about')}>{about}</Cell>
      <Cell label={t('log.columns.state')}>
        <StatusChip status={statusOf[state]} variant="plain">
          {t(`log.states.${state}`)}
        </StatusChip>
        {failure && (
          <span className={styles.quiet}>
            {t(`failures.${failure}.name`)}
            {status !== null && ` (${t('httpStatus', { status: String(status) })})`}
          </span>
        )}
        {isActive && nextTryAt && tries > 0 && (
          <span className={styles.quiet}>{t('log.nextTry', { at: format.dateTime(nextTryAt) })}</span>
        )}
      </Cell>
      <Cell label={t('log.columns.tries')} align="end">
        {format.number(tries)}
      </Cell>
      <Cell label={t('log.columns.at')}>{format.dateTime(createdAt)}</Cell>
    </tr>
  )
}
