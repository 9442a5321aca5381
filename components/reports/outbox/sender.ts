import { type TRPCClient, TRPCClientError } from '@trpc/client'
import { handIn, PhotoRefused } from '#components/reports/photos/hand-in.ts'
import { type Refusal, refusalOf } from '#components/trpc/refusal.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import {
  isAnswer,
  keepWaiting,
  keyOf,
  markSent,
  toBeSent,
  type Waiting,
  type WaitingAccept,
  type WaitingAnswer,
  type WaitingPhoto,
  waitingOf,
} from './outbox.ts'
import { lookIntoBox } from './photo-box.ts'

/** What becomes of it: the server has it, it has to wait, or the server will not have it. */
export type Fate = 'sent' | 'late' | 'refused'
type Report = (waiting: Waiting, fate: Fate) => void

/** A line that swallows what is sent must not keep the others waiting for ever. */
const longestCall = 20_000
const firstPause = 2000
const longestPause = 60_000

let current: (() => void) | null = null

/** Tries at once, without waiting for the next turn. */
export const sendNow = (): void => current?.()

/** Sends what waits whenever `sendNow` is called, and again after growing pauses as long as something is left. Gives back how to stop. */
export function startSending(client: TRPCClient<AppRouter>, accountId: string, report: Report): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  let turn: Promise<void> = Promise.resolve()
  let isStopped = false

  const send = async () => {
    if (isStopped) return
    clearTimeout(timer)
    const isLeft = await oneTabAtATime(accountId, () => deliver(client, accountId, report))
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
async function deliver(client: TRPCClient<AppRouter>, accountId: string, report: Report): Promise<boolean> {
  let isLeft = false
  for (const { id } of toBeSent(accountId)) {
    // As it is by now: a photo that has gone out has told its answer so.
    const waiting = toBeSent(accountId).find((each) => each.id === id)
    if (!waiting) continue
    const { outcome, refusal } = await sendOne(client, waiting)
    isLeft ||= outcome === 'late'
    if (outcome === 'late') postpone(waiting, report)
    else if (outcome === 'sent') markSent(waiting)
    else keepWaiting({ ...waiting, refusal })
    if (outcome !== 'late') report({ ...waiting, refusal }, outcome)
  }
  return isLeft
}

function postpone(waiting: Waiting, report: Report): void {
  if (!waiting.isLate) keepWaiting({ ...waiting, isLate: true })
  report(waiting, 'late')
}

type Sent = { outcome: Fate; refusal: Refusal | null }

const late: Sent = { outcome: 'late', refusal: null }
const sent: Sent = { outcome: 'sent', refusal: null }
const refused = (code: string): Sent => ({ outcome: 'refused', refusal: { code, details: {} } })

type Client = TRPCClient<AppRouter>

async function sendOne(client: Client, waiting: Waiting): Promise<Sent> {
  try {
    return (await tell(client, waiting)) ?? sent
  } catch (error) {
    if (!isUnderstood(error)) return late
    if (waiting.kind === 'accept' && (await isAccepted(client, waiting))) return sent
    if (waiting.kind === 'answer' && (await isAnswered(client, waiting))) return sent
    const refusal = error instanceof PhotoRefused ? error.refusal : refusalOf(error)
    return { outcome: 'refused', refusal: refusal ?? { code: 'defect', details: {} } }
  }
}

/** Gives back what stands in the way without the server being asked. */
async function tell({ reports }: Client, waiting: Waiting): Promise<Sent | undefined> {
  const { kind, reportId, id } = waiting
  const options = { signal: AbortSignal.timeout(longestCall) }
  switch (kind) {
    case 'note':
      await reports.addNote.mutate({ reportId, id, body: waiting.body }, options)
      return
    case 'accept':
      await reports.accept.mutate({ reportId, version: waiting.version, assignToMe: true }, options)
      return
    case 'photo': {
      const photo = await lookIntoBox(keyOf(waiting))
      if (!photo) return refused('photo_lost')
      const fileId = await handIn(photo, options.signal)
      await reports.addPhoto.mutate({ reportId, fileId, kind: waiting.photoKind }, options)
      tellAnswers(waiting, fileId)
      return
    }
    case 'answer': {
      const obstacle = photosInTheWay(waiting)
      if (obstacle) return obstacle
      const { way, version, what, where, when, next, photoIds } = waiting
      const words = { reportId, version, what, where, when, next, photoIds: [...photoIds] }
      await reports[way === 'answer' ? 'answer' : 'submitAnswer'].mutate(words, options)
    }
  }
}

/** The answers that bring this photo name it by its file from now on. */
function tellAnswers({ id, accountId }: WaitingPhoto, fileId: string): void {
  for (const answer of waitingOf(accountId).filter(isAnswer)) {
    if (!answer.photoIds.includes(id)) continue
    keepWaiting({ ...answer, photoIds: answer.photoIds.map((each) => (each === id ? fileId : each)) })
  }
}

/** An answer goes out with all its proof or not at all. */
function photosInTheWay({ accountId, photoIds }: WaitingAnswer): Sent | null {
  const photos = waitingOf(accountId).filter(({ id }) => photoIds.includes(id))
  if (photos.some(({ refusal }) => refusal)) return refused('photo_missing')
  return photos.length > 0 ? late : null
}

/** Sent before, by a request whose answer got lost: the report is in one's own hands already. */
async function isAccepted({ reports }: Client, { code, accountId }: WaitingAccept): Promise<boolean> {
  const report = await reports.byCode.query(code).catch(() => null)
  return report?.state === 'in_progress' && report.assignee?.id === accountId
}

/** The same: the words stand there already, as one's own. */
async function isAnswered(
  { reports }: Client,
  { code, accountId, what, where, when }: WaitingAnswer,
): Promise<boolean> {
  const report = await reports.byCode.query(code).catch(() => null)
  const last = report?.answers.findLast(({ author }) => author.id === accountId)
  const isLive = last?.status === 'submitted' || last?.status === 'queued' || last?.status === 'sent'
  return isLive && last.what === what.trim() && last.where === where.trim() && last.when === when.trim()
}

/** The server has read it and said no. Whatever a network on the way says instead, and trouble of the server's own, may pass. */
function isUnderstood(error: unknown): boolean {
  if (error instanceof PhotoRefused) return error.refusal.code !== 'defect' && !isSessionRefusal(error.refusal.code)
  const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined
  return typeof status === 'number' && status < 500 && !isSessionRefusal(refusalOf(error)?.code)
}

/** A browser without locks goes ahead: what is sent twice is still done once. */
function oneTabAtATime<T>(accountId: string, run: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request(`outbox ${accountId}`, run) : run()
}
