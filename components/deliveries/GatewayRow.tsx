'use client'

import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { GatewayRow as Gateway } from '#server/deliveries/queries/gateways.ts'
import { type GatewayHealth, takesMessages } from '#server/deliveries/rules/health.ts'
import { placeholderOf } from '#server/deliveries/rules/template.ts'
import styles from './Deliveries.module.css'
import type { GatewayDeed } from './Gateways.tsx'

type Props = { gateway: Gateway; onDo: (deed: GatewayDeed) => void; onTurn: () => void }

const statusOf = {
  working: 'answered',
  unused: 'soon',
  failing: 'failed',
  paused: 'closed',
  no_server: 'failed',
} as const satisfies Record<GatewayHealth, string>

export function GatewayRow({ gateway, onDo, onTurn }: Props) {
  const t = useTranslations('deliveries')
  const format = useFormat()
  const { name, kind, client, address, health, perMinute, sentToday, waiting } = gateway
  const { lastAcceptedAt, lastFailedAt, lastFailure, pausedAt } = gateway
  const missing = gateway.secrets.filter(({ isSet }) => !isSet).map(({ name }) => placeholderOf(name))
  const acts = t('gateways.actsOf', { name })
  return (
    <tr>
      <Cell heading>
        {name}
        <span className={styles.quiet}>{[t(`channels.${kind}`), client].filter(Boolean).join(' · ')}</span>
        {address && <span className={`${styles.quiet} ${styles.code}`}>{address}</span>}
      </Cell>
      <Cell label={t('gateways.columns.health')}>
        <StatusChip status={statusOf[health]} variant="plain">
          {t(`gateways.health.${health}`)}
        </StatusChip>
        {health === 'failing' && lastFailure && <span className={styles.line}>{t(`failures.${lastFailure}`)}</span>}
        {gateway.closedUntil && (
          <span className={styles.line}>{t('gateways.closedUntil', { at: format.dateTime(gateway.closedUntil) })}</span>
        )}
        {missing.length > 0 && (
          <span className={styles.line}>{t('gateways.needsSecret', { names: missing.join(', ') })}</span>
        )}
        {health === 'no_server' && <span className={styles.line}>{t('gateways.noServer')}</span>}
      </Cell>
      <Cell label={t('gateways.columns.pace')}>
        <span className={styles.line}>{t('gateways.perMinute', { count: perMinute })}</span>
        <span className={styles.quiet}>{t('gateways.sentToday', { count: sentToday })}</span>
        <span className={styles.quiet}>
          {t(takesMessages(health) ? 'gateways.waiting' : 'gateways.unsent', { count: waiting })}
        </span>
      </Cell>
      <Cell label={t('gateways.columns.last')}>
        {!lastAcceptedAt && !lastFailedAt && t('gateways.never')}
        {lastAcceptedAt && (
          <span className={styles.line}>{t('gateways.lastAccepted', { at: format.dateTime(lastAcceptedAt) })}</span>
        )}
        {lastFailedAt && (
          <span className={styles.quiet}>{t('gateways.lastFailed', { at: format.dateTime(lastFailedAt) })}</span>
        )}
      </Cell>
      <Cell actions>
        <ActionMenu
          label={acts}
          entries={[
            { id: 'test', label: t('gateways.test'), onSelect: () => onDo('testing') },
            { id: 'edit', label: t('gateways.edit'), onSelect: () => onDo('editing') },
            { id: 'turn', label: t(pausedAt ? 'gateways.resume' : 'gateways.pause'), onSelect: onTurn },
            ...(kind === 'mail'
              ? []
              : [{ id: 'secret', label: t('gateways.secret'), onSelect: () => onDo('replacing') }]),
            ...(kind === 'sms' || kind === 'zalo'
              ? [
                  {
                    id: 'receipts',
                    label: t(gateway.hasReceipts ? 'gateways.receiptsAgain' : 'gateways.receipts'),
                    onSelect: () => onDo('readdressing'),
                  },
                ]
              : []),
            { id: 'remove', label: t('gateways.remove'), onSelect: () => onDo('removing') },
          ]}
          trigger={(props) => (
            <IconButton {...props} size="small" label={acts}>
              <Ellipsis />
            </IconButton>
          )}
        />
      </Cell>
    </tr>
  )
}
