'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Lock, LockOpen, LogOut, Pencil, ShieldOff, UserRoundCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { AccountRow } from '#server/accounts/queries/accounts.ts'
import { AccountSubstitutionsSheet } from './AccountSubstitutionsSheet.tsx'
import { ResetFactorDialog } from './ResetFactorDialog.tsx'

type Props = {
  account: AccountRow
  onEdit: (account: AccountRow) => void
  onLink: (account: AccountRow) => void
}

export function AccountActions({ account, onEdit, onLink }: Props) {
  const t = useTranslations('accounts.admin')
  const toast = useToast()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<'deactivate' | 'revoke' | 'substitutions' | 'factor' | null>(null)
  const { id: accountId, username, version, name, isActive } = account

  const settled = {
    onSettled: () => {
      setAsking(null)
      return queries.invalidateQueries(trpc.accounts.list.pathFilter())
    },
    onError: (error: unknown) => toast({ text: refusalText(error), tone: 'failure' }),
  }
  const said = (action: 'deactivated' | 'activated' | 'revoked') => () =>
    toast({ text: t(`done.${action}`, { username }), tone: 'success' })
  const setActive = useMutation(trpc.accounts.setActive.mutationOptions(settled))
  const revoke = useMutation(trpc.accounts.revokeSessions.mutationOptions(settled))

  const beyond = account.mayEdit ? undefined : t('beyondReach')
  const entries: MenuEntry[] = [
    { id: 'edit', label: t('edit'), icon: <Pencil />, reason: beyond, onSelect: () => onEdit(account) },
    ...(isActive
      ? [{ id: 'link', label: t('link'), icon: <KeyRound />, reason: beyond, onSelect: () => onLink(account) }]
      : []),
    {
      id: 'revoke',
      label: t('revoke'),
      icon: <LogOut />,
      reason: beyond ?? (account.openSessions === 0 ? t('noSessions') : undefined),
      onSelect: () => setAsking('revoke'),
    },
    ...(isActive
      ? [
          {
            id: 'substitutions',
            label: t('substitutions'),
            icon: <UserRoundCheck />,
            reason: beyond,
            onSelect: () => setAsking('substitutions'),
          },
        ]
      : []),
    {
      id: 'factor',
      label: t('resetFactor'),
      icon: <ShieldOff />,
      reason: beyond ?? (account.isOwn ? t('ownFactor') : account.hasSecondFactor ? undefined : t('noFactor')),
      onSelect: () => setAsking('factor'),
    },
    { id: 'end', divider: true },
    isActive
      ? {
          id: 'deactivate',
          label: t('deactivate'),
          icon: <Lock />,
          reason: beyond ?? (account.isOwn ? t('ownState') : undefined),
          onSelect: () => setAsking('deactivate'),
        }
      : {
          id: 'activate',
          label: t('activate'),
          icon: <LockOpen />,
          reason: beyond,
          onSelect: () => setActive.mutate({ accountId, version, isActive: true }, { onSuccess: said('activated') }),
        },
  ]
  return (
    <>
      <ActionMenu
        label={t('actionsOf', { name })}
        entries={entries}
        trigger={(props) => (
          <IconButton {...props} label={t('actionsOf', { name })}>
            <Ellipsis />
          </IconButton>
        )}
      />
      {asking === 'substitutions' && <AccountSubstitutionsSheet account={account} onClose={() => setAsking(null)} />}
      {asking === 'factor' && <ResetFactorDialog account={account} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === 'deactivate'}
        title={t('deactivate')}
        confirmLabel={t('deactivate')}
        tone="danger"
        busy={setActive.isPending}
        onConfirm={() => setActive.mutate({ accountId, version, isActive: false }, { onSuccess: said('deactivated') })}
        onClose={() => setAsking(null)}
      >
        {t('deactivateSentence', { name })}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'revoke'}
        title={t('revoke')}
        confirmLabel={t('revoke')}
        tone="danger"
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ accountId }, { onSuccess: said('revoked') })}
        onClose={() => setAsking(null)}
      >
        {t('revokeSentence', { name, count: account.openSessions })}
      </ConfirmDialog>
    </>
  )
}
