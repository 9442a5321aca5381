'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useLocale } from 'next-intl'
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react'
import { signIn, signInThroughCity, signOut } from '#components/accounts/sign-in-requests.ts'
import { useWatchedRuns } from '#components/bulk/watched-runs.ts'
import { useLiveConnection } from '#components/live/use-live-connection.ts'
import { useOutbox, waitingOf } from '#components/reports/outbox/outbox.ts'
import { isRemembered, rememberHere } from '#components/shell/cookies.ts'
import { Shell } from '#components/shell/Shell.tsx'
import type { ShellActions, ShellView } from '#components/shell/shell-view.ts'
import { refusalOf } from '#components/trpc/refusal.ts'
import { resumeSession, useSessionEnd } from '#components/trpc/session-end.ts'
import { useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { useOnline } from '#components/ui/use-online.ts'
import { localeCookie } from '#messages/locales.ts'

const { Panel: RunWatch } = lazyPanel(() => import('#components/bulk/RunWatch.tsx').then((watch) => watch.RunWatch), {
  takesFocus: () => false,
  onDemand: true,
})
const { Panel: LeaveWaiting } = lazyPanel(() => import('./LeaveWaiting.tsx').then((dialog) => dialog.LeaveWaiting), {
  onDemand: true,
})

/** Ties the shell to the server: preferences, lock, sign-out. */
export function StaffDesk({ view, children }: { view: ShellView; children: ReactNode }) {
  const server = useTRPCClient()
  const queries = useQueryClient()
  const ended = useSessionEnd()
  const { username, id: accountId } = view.account
  useLiveConnection(accountId, ended === null)
  useOwnLanguage(view.account.preferences.locale)
  const SendWaiting = useSendWaiting(accountId)

  const [isLeaving, setLeaving] = useState(false)
  const leave = useCallback(async () => {
    // Tabs share the sign-in, so the session may belong to a colleague by now: the desk then says so instead of
    // unlocking.
    const refusal = await server.me.touch.mutate().then(() => undefined, refusalOf)
    if (refusal?.code === 'other_account') return
    await signOut()
    window.location.assign('/sign-in?ended=signed_out')
  }, [server])

  const goOn = useCallback(async () => {
    resumeSession()
    await queries.invalidateQueries()
  }, [queries])
  const actions = useMemo<ShellActions>(
    () => ({
      savePreferences: (chosen) => server.me.setPreferences.mutate(chosen),
      rememberSearch: (words) => server.me.rememberSearch.mutate({ words }),
      forgetSearch: (words) => server.me.forgetSearch.mutate({ words }),
      // A refusal locks the page wherever it comes from; a lost connection is ignored here.
      touch: () => server.me.touch.mutate().catch(() => null),
      unlock: (password) => signIn(username, password),
      goOn,
      // Makes the city's sign-in ask for proof of identity again: with a sign-in it still remembers, anyone at this
      // machine could unlock the desk.
      unlockThroughCity: () => signInThroughCity(hereNow(), { askAnew: true }),
      signOut: () => (waitingOf(accountId).length > 0 ? setLeaving(true) : leave()),
      signOutAtOnce: leave,
    }),
    [server, goOn, username, accountId, leave],
  )
  return (
    <Shell view={view} actions={actions} ended={ended}>
      <WatchedRuns />
      {SendWaiting && <SendWaiting accountId={accountId} isSignedIn={ended === null} />}
      {children}
      {isLeaving && <LeaveWaiting accountId={accountId} onConfirm={leave} onClose={() => setLeaving(false)} />}
    </Shell>
  )
}

function WatchedRuns() {
  return useWatchedRuns().map((run) => <RunWatch key={run.id} {...run} />)
}

type SendWaitingCode = typeof import('#components/reports/outbox/SendWaiting.tsx').SendWaiting

/** Milliseconds. Without waiting actions the sender loads only after the page itself. */
const afterPage = 2500
const afterFailure = 5000

/** Code that sends the waiting actions: loaded when there are any, and retried where loading failed. */
function useSendWaiting(accountId: string): SendWaitingCode | null {
  const [code, setCode] = useState<SendWaitingCode | null>(null)
  const isAnyWaiting = useOutbox(accountId).length > 0
  const isOnline = useOnline()
  useEffect(() => {
    if (code || !isOnline) return
    let isCalledOff = false
    const bringIn = (pause: number) =>
      setTimeout(() => {
        import('#components/reports/outbox/SendWaiting.tsx').then(
          ({ SendWaiting }) => isCalledOff || setCode(() => SendWaiting),
          () => {
            if (!isCalledOff) timer = bringIn(afterFailure)
          },
        )
      }, pause)
    let timer = bringIn(isAnyWaiting ? 0 : afterPage)
    return () => {
      isCalledOff = true
      clearTimeout(timer)
    }
  }, [code, isAnyWaiting, isOnline])
  return code
}

const hereNow = () => `${window.location.pathname}${window.location.search}`

/** Applies the account's language on a machine where none has been chosen yet. */
function useOwnLanguage(own: ShellView['account']['preferences']['locale']) {
  const locale = useLocale()
  const router = useRouter()
  useEffect(() => {
    if (isRemembered(localeCookie)) return
    rememberHere(localeCookie, own)
    if (own !== locale) router.refresh()
  }, [own, locale, router])
}
