'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/Button.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ApiClientRow as Client } from '#server/api-clients/queries/clients.ts'
import { type ClientHealth, clientPermissions } from '#server/api-clients/rules/api-client.ts'
import styles from './ApiClients.module.css'

type Props = { client: Client; onRotate: () => void; onRevoke: () => void }

const statusOf = {
  in_use: 'answered',
  expiring: 'soon',
  expired: 'overdue',
  revoked: 'closed',
} as const satisfies Record<ClientHealth, string>

/** One connected system: whose it is, what it may, its limits, its valid keys and when one was last used. */
export function ApiClientRow({ client, onRotate, onRevoke }: Props) {
  const t = useTranslations('integrations')
  const channels = useTranslations('reports.channels')
  const format = useFormat()
  const { name, agencyName, channel, permissions, requestsPerMinute, reportsPerDay, keys, lastUsedAt, health } = client
  return (
    <tr>
      <Cell heading>
        {name}
        <StatusChip status={statusOf[health]} variant="plain">
          {t(`health.${health}`)}
        </StatusChip>
        <span className={styles.quiet}>{`${agencyName} · ${channels(channel)}`}</span>
      </Cell>
      <Cell label={t('columns.permissions')}>
        {clientPermissions
          .filter((each) => permissions.includes(each))
          .map((each) => (
            <span key={each} className={styles.line}>
              {t(`permissions.${each}`)}
            </span>
          ))}
      </Cell>
      <Cell label={t('columns.limits')}>
        <span className={styles.line}>{t('limits.requests', { count: requestsPerMinute })}</span>
        <span className={styles.line}>{t('limits.reports', { count: reportsPerDay })}</span>
        <span className={styles.quiet}>{t('limits.today', { count: client.reportsToday })}</span>
      </Cell>
      <Cell label={t('columns.keys')}>
        {keys.length === 0 && t('noKey')}
        {keys.map(({ prefix, expiresAt }) => (
          <span key={prefix} className={styles.line}>
            {t('key', { prefix, until: format.dateTime(expiresAt) })}
          </span>
        ))}
      </Cell>
      <Cell label={t('columns.lastUsed')}>{lastUsedAt ? format.dateTime(lastUsedAt) : t('never')}</Cell>
      <Cell actions>
        {health !== 'revoked' && (
          <>
            <Button size="small" aria-label={t('rotateOf', { name })} onClick={onRotate}>
              {t('rotate')}
            </Button>
            <Button size="small" variant="quiet" aria-label={t('revokeOf', { name })} onClick={onRevoke}>
              {t('revoke')}
            </Button>
          </>
        )}
      </Cell>
    </tr>
  )
}
