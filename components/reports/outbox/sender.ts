import type { TRPCClient } from '@trpc/client'
import { isHeld, type Refusal } from '#components/trpc/refusal.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import {
  isAccept,
  isAnswer,
  isExtension,
  keepWaiting,
  markSent,
  toBeSent,
  type Waiting,
  type WaitingAccept,
  type WaitingExtension,
} from './outbox.ts'
import { sendBy } from './send-now.ts'

/**
 * The result: the server has it, it has to wait, with a refusal if the server said for how long, or the server refused
 * it.
 */
export type Fate = 'sent' | 'late' | 'refused'
type Report = (waiting: Waiting, fate: Fate) => void

const firstPause = 2000
const longestPause = 60_000

/**
 * Sends the waiting actions whenever `sendNow` is called, and retries after growing pauses as long as something is
 * left. Returns a function that stops it.
 */
export function startSending(client: TRPCClient<AppRouter>, accountId: string, report: Report): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  let turn: Promise<void> = Promise.resolve()
  let isStopped = false

  const send = async () => {
    if (isStopped) return
    clearTimeout(timer)
    const { isLeft, heldFor } = await oneTabAtATime(accountId, () => deliver(client, accountId, report))
    if (!isLeft) pause = firstPause
    if (!isLeft || isStopped) return
    clearTimeout(timer)
    timer = setTimeout(ask, heldFor || pause)
    if (!heldFor) pause = Math.min(longestPause, pause * 2)
  }
  const ask = () => {
    turn = turn.then(send, send)
  }
  const stepDown = sendBy(ask)
  return () => {
    isStopped = true
    clearTimeout(timer)
    stepDown()
  }
}

type Left = { isLeft: boolean; heldFor: number }

/** Returns whether something is left that may be sent later, and the milliseconds for which the server refuses it. */
async function deliver(client: TRPCClient<AppRouter>, accountId: string, report: Report): Promise<Left> {
  const left: Left = { isLeft: false, heldFor: 0 }
  if (toBeSent(accountId).length === 0) return left
  const sendOne = await howToSend()
  for (const { id } of toBeSent(accountId)) {
    // The present record: a photo sent meanwhile has updated the answer that includes it.
    const byNow = () => toBeSent(accountId).find((each) => each.id === id)
    const before = byNow()
    if (!before) continue
    const { outcome, refusal } = await sendOne(client, before)
    left.isLeft ||= outcome === 'late'
    if (isHeld(refusal)) left.heldFor = Math.max(left.heldFor, refusal.details.seconds * 1000)
    const waiting = byNow()
    // Taken back while being sent, it stays so; but what the server has done by then is reported.
    if (!waiting && outcome !== 'sent') continue
    settle(waiting ?? before, outcome, refusal, report)
  }
  return left
}

/** Loaded when there is something to send: without a connection neither can happen. */
const howToSend = () =>
  import('./send-one.ts').then(
    ({ sendOne }) => sendOne,
    () => async () => ({ outcome: 'late' as const, refusal: null }),
  )

function settle(waiting: Waiting, fate: Fate, refusal: Refusal | null, report: Report): void {
  if (fate === 'sent') {
    if (isAccept(waiting)) announceAnswers(waiting)
    if (isExtension(waiting)) renewAnswers(waiting)
    markSent(waiting)
  } else if (fate === 'refused') keepWaiting({ ...waiting, refusal })
  else if (!waiting.isLate && !refusal) keepWaiting({ ...waiting, isLate: true })
  report({ ...waiting, refusal }, fate)
}

/** The answers that build on this acceptance no longer need to wait for it. */
function announceAnswers({ id, accountId }: WaitingAccept): void {
  for (const answer of toBeSent(accountId).filter(isAnswer)) {
    if (answer.acceptId === id) keepWaiting({ ...answer, acceptId: null })
  }
}

/** The answers written on the same version follow the one that the request has made. */
function renewAnswers({ accountId, reportId, version }: WaitingExtension): void {
  for (const answer of toBeSent(accountId).filter(isAnswer)) {
    const isOnSame = answer.reportId === reportId && answer.version === version
    if (isOnSame) keepWaiting({ ...answer, version: version + 1 })
  }
}

/** A browser without locks goes ahead: what is sent twice is still done once. */
function oneTabAtATime<T>(accountId: string, run: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(`outbox ${accountId}`, run) : run()
}
