import { type TRPCClient, TRPCClientError } from '@trpc/client'
import { handIn, PhotoRefused } from '#components/reports/photos/hand-in.ts'
import { type Refusal, refusalOf } from '#components/trpc/refusal.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import {
  isAnswer,
  keepWaiting,
  keyOf,
  type Waiting,
  type WaitingAccept,
  type WaitingAnswer,
  type WaitingPhoto,
  waitingOf,
} from './outbox.ts'
import { lookIntoBox } from './photo-box.ts'
import type { Fate } from './sender.ts'

/** A line that swallows what is sent must not keep the others waiting for ever. */
const longestCall = 20_000

type Sent = { outcome: Fate; refusal: Refusal | null }

const late: Sent = { outcome: 'late', refusal: null }
const sent: Sent = { outcome: 'sent', refusal: null }
const refused = (code: string): Sent => ({ outcome: 'refused', refusal: { code, details: {} } })

type Client = TRPCClient<AppRouter>

/** Asks the server for it, and says what became of that. */
export async function sendOne(client: Client, waiting: Waiting): Promise<Sent> {
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
