'use client'

import { useTranslations } from 'next-intl'
import { NameButton } from '#components/ui/NameButton.tsx'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import { Cell, Table } from '#components/ui/Table.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import type { AccountRow } from '#server/accounts/queries/accounts.ts'
import { AccountActions } from './AccountActions.tsx'
import styles from './AccountsPage.module.css'

type Props = {
  accounts: readonly AccountRow[]
  onEdit: (account: AccountRow) => void
  onLink: (account: AccountRow) => void
}

export function AccountTable({ accounts, onEdit, onLink }: Props) {
  const t = useTranslations('accounts.admin')
  const columns = [
    { key: 'person', label: t('columns.person') },
    { key: 'agency', label: t('columns.agency') },
    { key: 'roles', label: t('columns.roles') },
    { key: 'lastSeen', label: t('columns.lastSeen'), width: 170 },
    { key: 'actions', label: t('columns.actions'), quiet: true, width: 48 },
  ]
  return (
    <Table label={t('title')} columns={columns}>
      {accounts.map((account) => (
        <AccountLine key={account.id} account={account} onEdit={onEdit} onLink={onLink} />
      ))}
    </Table>
  )
}

function AccountLine({ account, onEdit, onLink }: { account: AccountRow } & Omit<Props, 'accounts'>) {
  const t = useTranslations('accounts')
  return (
    <tr data-inactive={!account.isActive || undefined} className={styles.line}>
      <Cell heading>
        <span className={styles.person}>
          <PersonAvatar name={account.name} size={28} />
          <span>
            <NameButton
              disabled={!account.mayEdit}
              title={account.mayEdit ? undefined : t('admin.beyondReach')}
              onClick={() => onEdit(account)}
            >
              {account.name}
            </NameButton>
            {account.isOwn && <span className={styles.mark}>{t('admin.you')}</span>}
            {!account.isActive && <span className={styles.mark}>{t('admin.inactive')}</span>}
            {account.isActive && !account.hasPassword && <span className={styles.mark}>{t('admin.noPassword')}</span>}
            {account.hasSecondFactor && (
              <span className={styles.mark} title={t('admin.factorOn')}>
                {t('admin.factor')}
              </span>
            )}
            <span className={styles.second}>
              {account.username}
              {account.position && ` · ${account.position}`}
            </span>
          </span>
        </span>
      </Cell>
      <Cell label={t('admin.columns.agency')}>{account.agency.name}</Cell>
      <Cell label={t('admin.columns.roles')}>
        {account.roles.length === 0 && <em className={styles.second}>{t('admin.noRoles')}</em>}
        {account.roles.map(({ role, agencyId, agencyName }) => (
          <span key={`${role} ${agencyId}`} className={styles.role}>
            {t(`roles.${role}`)}
            {agencyId !== account.agency.id && <span className={styles.second}> · {agencyName}</span>}
          </span>
        ))}
      </Cell>
      <Cell label={t('admin.columns.lastSeen')}>
        {account.lastSeenAt ? (
          <TimeText at={account.lastSeenAt} />
        ) : (
          <em className={styles.second}>{t('admin.never')}</em>
        )}
        {account.openSessions > 0 && (
          <span className={styles.second}>{t('admin.online', { count: account.openSessions })}</span>
        )}
      </Cell>
      <Cell align="end">
        <AccountActions account={account} onEdit={onEdit} onLink={onLink} />
      </Cell>
    </tr>
  )
}
