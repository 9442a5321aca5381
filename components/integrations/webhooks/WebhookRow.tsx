'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { CellTitle } from '#components/ui/CellTitle.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { WebhookRow as Webhook } from '#server/webhooks/queries/webhooks.ts'
import { integrationTabs } from '../tabs.ts'
import styles from './Webhooks.module.css'
import { statusOfHealth, useScopeWords } from './words.ts'

type Props = { webhook: Webhook; onTest: () => void }

export function WebhookRow({ webhook, onTest }: Props) {
  const t = useTranslations('webhooks')
  const format = useFormat()
  const scopeOf = useScopeWords()
  const { id, name, address, kinds, health, lastSuccessAt, failingSince, lastFailure, waiting, dead } = webhook
  return (
    <tr>
      <Cell heading>
        <CellTitle>
          <Link href={`${integrationTabs.webhooks}/${id}`}>{name}</Link>
          <StatusChip status={statusOfHealth[health]} variant="plain">
            {t(`health.${health}`)}
          </StatusChip>
        </CellTitle>
        <span className={styles.quiet}>{address}</span>
      </Cell>
      <Cell label={t('columns.events')}>
        <span className={styles.line}>{t('kindCount', { count: kinds.length })}</span>
        {scopeOf(webhook).map((line) => (
          <span key={line} className={styles.quiet}>
            {line}
          </span>
        ))}
      </Cell>
      <Cell label={t('columns.last')}>
        {lastSuccessAt ? format.dateTime(lastSuccessAt) : t('never')}
        {failingSince && <span className={styles.bad}>{t('failingSince', { at: format.dateTime(failingSince) })}</span>}
        {failingSince && lastFailure && <span className={styles.quiet}>{t(`failures.${lastFailure}.name`)}</span>}
      </Cell>
      <Cell label={t('columns.queue')}>
        {waiting > 0 && <span className={styles.line}>{t('waiting', { count: waiting })}</span>}
        {dead > 0 && <span className={styles.bad}>{t('dead', { count: dead })}</span>}
        {waiting + dead === 0 && t('nothingWaits')}
      </Cell>
      <Cell actions>
        {health !== 'ended' && (
          <Button size="small" aria-label={t('actions.testOf', { name })} onClick={onTest}>
            {t('actions.test')}
          </Button>
        )}
      </Cell>
    </tr>
  )
}
