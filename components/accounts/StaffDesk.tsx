'use client'

import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { Shell } from '#components/shell/Shell.tsx'
import type { ShellActions, ShellView } from '#components/shell/shell-view.ts'
import { noticeSessionEnd } from '#components/trpc/query-client.ts'
import { resumeSession, useSessionEnd } from '#components/trpc/session-end.ts'
import { TrpcProvider, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { signIn, signOut } from './sign-in-requests.ts'

type Props = { view: ShellView; children: ReactNode }

/** The shell with the server behind it: what it is told here reaches the account and its sign-in. */
export function StaffDesk(props: Props) {
  return (
    <TrpcProvider>
      <Desk {...props} />
    </TrpcProvider>
  )
}

function Desk({ view, children }: Props) {
  const ended = useSessionEnd()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const { username } = view.account
  const actions = useMemo<ShellActions>(
    () => ({
      savePreferences: (chosen) => client.me.setPreferences.mutate(chosen),
      touch: () => client.me.touch.mutate().catch(noticeSessionEnd),
      async unlock(password) {
        const refusal = await signIn(username, password)
        if (refusal) return refusal
        resumeSession()
        void queries.invalidateQueries()
        return null
      },
      async signOut() {
        await signOut().catch(() => undefined)
        window.location.assign('/sign-in?ended=signed_out')
      },
    }),
    [client, queries, username],
  )
  return (
    <Shell view={view} actions={actions} ended={ended}>
      {children}
    </Shell>
  )
}
