import { type TRPCClient, TRPCClientError } from '@trpc/client'
import { type Refusal, refusalOf } from '#components/trpc/refusal.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { keepWaiting, markSent, toBeSent, type Waiting, type WaitingAccept } from './outbox.ts'

/** What becomes of it: the server has it, it has to wait, or the server will not have it. */
export type Fate = 'sent' | 'late' | 'refused'
type Tell = (waiting: Waiting, fate: Fate) => void

/** A line that swallows what is sent must not keep the others waiting for ever. */
const longestCall = 20_000
const firstPause = 2000
const longestPause = 60_000

let current: (() => void) | null = null

/** Tries at once, without waiting for the next turn. */
export const sendNow = (): void => current?.()

/** Sends what waits whenever `sendNow` is called, and again after growing pauses as long as something is left. Gives back how to stop. */
export function startSending(client: TRPCClient<AppRouter>, accountId: string, tell: Tell): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  let turn: Promise<void> = Promise.resolve()
  let isStopped = false

  const send = async () => {
    if (isStopped) return
    clearTimeout(timer)
    const isLeft = await oneTabAtATime(accountId, () => deliver(client, accountId, tell))
    if (!isLeft) pause = firstPause
    if (!isLeft || isStopped) return
    clearTimeout(timer)
    timer = setTimeout(ask, pause)
    pause = Math.min(longestPause, pause * 2)
  }
  const ask = () => {
    turn = turn.then(send, send)
  }
  current = ask
  return () => {
    isStopped = true
    clearTimeout(timer)
    if (current === ask) current = null
  }
}

/** Gives back whether something is left that may go out later. */
async function deliver(client: TRPCClient<AppRouter>, accountId: string, tell: Tell): Promise<boolean> {
  let isLeft = false
  for (const waiting of toBeSent(accountId)) {
    const { outcome, refusal } = await sendOne(client, waiting)
    isLeft ||= outcome === 'late'
    if (outcome === 'late') postpone(waiting, tell)
    else if (outcome === 'sent') markSent(waiting)
    else keepWaiting({ ...waiting, refusal })
    if (outcome !== 'late') tell({ ...waiting, refusal }, outcome)
  }
  return isLeft
}

function postpone(waiting: Waiting, tell: Tell): void {
  if (!waiting.isLate) keepWaiting({ ...waiting, isLate: true })
  tell(waiting, 'late')
}

type Sent = { outcome: Fate; refusal: Refusal | null }

async function sendOne(client: TRPCClient<AppRouter>, waiting: Waiting): Promise<Sent> {
  const { reportId, id } = waiting
  const options = { signal: AbortSignal.timeout(longestCall) }
  try {
    if (waiting.kind === 'note') await client.reports.addNote.mutate({ reportId, id, body: waiting.body }, options)
    else await client.reports.accept.mutate({ reportId, version: waiting.version, assignToMe: true }, options)
    return { outcome: 'sent', refusal: null }
  } catch (error) {
    if (!isUnderstood(error)) return { outcome: 'late', refusal: null }
    if (waiting.kind === 'accept' && (await isAccepted(client, waiting))) return { outcome: 'sent', refusal: null }
    return { outcome: 'refused', refusal: refusalOf(error) ?? { code: 'defect', details: {} } }
  }
}

/** Sent before, by a request whose answer got lost: the report is in one's own hands already. */
async function isAccepted({ reports }: TRPCClient<AppRouter>, { code, accountId }: WaitingAccept): Promise<boolean> {
  const report = await reports.byCode.query(code).catch(() => null)
  return report?.state === 'in_progress' && report.assignee?.id === accountId
}

/** The server has read it and said no. Whatever a network on the way says instead, and trouble of the server's own, may pass. */
function isUnderstood(error: unknown): boolean {
  const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined
  return typeof status === 'number' && status < 500 && !isSessionRefusal(refusalOf(error)?.code)
}

/** A browser without locks goes ahead: what is sent twice is still done once. */
function oneTabAtATime<T>(accountId: string, run: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(`outbox ${accountId}`, run) : run()
}
