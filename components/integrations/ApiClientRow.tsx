'use client'

import { Ellipsis, KeyRound, Link, Link2Off, Pencil, Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { CellLine } from '#components/ui/CellLine.tsx'
import { CellTitle } from '#components/ui/CellTitle.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { Cell } from '#components/ui/Table.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ApiClientRow as Client } from '#server/api-clients/queries/clients.ts'
import { type ClientHealth, clientPermissions } from '#server/api-clients/rules/api-client.ts'

type Props = {
  client: Client
  onEdit: () => void
  onRotate: () => void
  /** A key that only reads, for the address. */
  onMakeReading: () => void
  onEndReading: () => void
  onRevoke: () => void
}

const statusOf = {
  in_use: 'answered',
  expiring: 'soon',
  expired: 'failed',
  revoked: 'closed',
} as const satisfies Record<ClientHealth, string>

/** One connected system: whose it is, what it may, its limits, its valid keys and when one was last used. */
export function ApiClientRow({ client, onEdit, onRotate, onMakeReading, onEndReading, onRevoke }: Props) {
  const t = useTranslations('integrations')
  const channels = useTranslations('reports.channels')
  const format = useFormat()
  const { name, agencyName, channel, permissions, requestsPerMinute, reportsPerDay, keys, lastUsedAt, health } = client
  const isRead = keys.some(({ use }) => use === 'reading')
  return (
    <tr>
      <Cell heading>
        <CellTitle>
          {name}
          <StatusChip status={statusOf[health]} variant="plain">
            {t(`health.${health}`)}
          </StatusChip>
        </CellTitle>
        <CellLine tone="quiet">{`${agencyName} · ${channels(channel)}`}</CellLine>
      </Cell>
      <Cell label={t('columns.permissions')}>
        {clientPermissions
          .filter((each) => permissions.includes(each))
          .map((each) => (
            <CellLine key={each}>{t(`permissions.${each}`)}</CellLine>
          ))}
      </Cell>
      <Cell label={t('columns.limits')}>
        <CellLine>{t('limits.requests', { count: requestsPerMinute })}</CellLine>
        <CellLine>{t('limits.reports', { count: reportsPerDay })}</CellLine>
        <CellLine tone="quiet">{t('limits.today', { count: client.reportsToday })}</CellLine>
      </Cell>
      <Cell label={t('columns.keys')}>
        {!keys.some(({ use }) => use === 'calls') && <CellLine>{t('noKey')}</CellLine>}
        {keys.map(({ use, prefix, expiresAt }) => (
          <CellLine key={prefix}>
            {t(use === 'reading' ? 'readingKey' : 'key', { prefix, until: format.dateTime(expiresAt) })}
          </CellLine>
        ))}
      </Cell>
      <Cell label={t('columns.lastUsed')}>{lastUsedAt ? format.dateTime(lastUsedAt) : t('never')}</Cell>
      <Cell actions>
        {health !== 'revoked' && (
          <ActionMenu
            label={t('menu', { name })}
            entries={[
              { id: 'edit', label: t('edit'), icon: <Pencil size={16} />, onSelect: onEdit },
              { id: 'rotate', label: t('rotate'), icon: <KeyRound size={16} />, onSelect: onRotate },
              { id: 'reading', label: t('makeReading'), icon: <Link size={16} />, onSelect: onMakeReading },
              ...(isRead
                ? [{ id: 'endReading', label: t('endReading'), icon: <Link2Off size={16} />, onSelect: onEndReading }]
                : []),
              { id: 'revoke', label: t('revoke'), icon: <Unplug size={16} />, onSelect: onRevoke },
            ]}
            trigger={(props) => (
              <IconButton {...props} size="small" label={t('menu', { name })}>
                <Ellipsis />
              </IconButton>
            )}
          />
        )}
      </Cell>
    </tr>
  )
}
