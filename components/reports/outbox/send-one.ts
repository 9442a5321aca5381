import { type TRPCClient, TRPCClientError } from '@trpc/client'
import { answerCalls } from '#components/reports/moves/answer-calls.ts'
import { handIn, mayPass, PhotoRefused } from '#components/reports/photos/hand-in.ts'
import { isHeld, type Refusal, refusalOf } from '#components/trpc/refusal.ts'
import { isSessionRefusal } from '#server/accounts/rules/session.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { isDoneAlready } from './done-already.ts'
import {
  isAccept,
  isAnswer,
  keepWaiting,
  keyOf,
  type Waiting,
  type WaitingAnswer,
  type WaitingPhoto,
  waitingOf,
} from './outbox.ts'
import { lookIntoBox } from './photo-box.ts'
import { callTimeoutMillis, photoTimeoutMillis } from './request-timeouts.ts'
import type { Fate } from './sender.ts'

/** Late with a refusal: the server names the seconds after which it may be sent again. */
type Sent = { outcome: Fate; refusal: Refusal | null }

const late: Sent = { outcome: 'late', refusal: null }
const sent: Sent = { outcome: 'sent', refusal: null }
const refused = (code: string): Sent => ({ outcome: 'refused', refusal: { code, details: {} } })

type Client = TRPCClient<AppRouter>

/** Sends one waiting action, and returns the result. */
export async function sendOne(client: Client, waiting: Waiting): Promise<Sent> {
  try {
    return (await tell(client, waiting)) ?? sent
  } catch (error) {
    const refusal = refusalOf(error)
    if (isHeld(refusal)) return { outcome: 'late', refusal }
    return isUnderstood(error) ? judge(client, waiting, error) : late
  }
}

/**
 * What the server refuses may have been done before, by a request whose response was lost: as long as that is unknown,
 * it waits.
 */
async function judge({ reports }: Client, waiting: Waiting, error: unknown): Promise<Sent> {
  if (isAccept(waiting) || isAnswer(waiting)) {
    try {
      const report = await reports.byCode.query(waiting.code, { signal: AbortSignal.timeout(callTimeoutMillis) })
      if (isDoneAlready(report, waiting)) return sent
    } catch (unasked) {
      if (!isUnderstood(unasked)) return late
    }
  }
  const refusal = error instanceof PhotoRefused ? error.refusal : refusalOf(error)
  return { outcome: 'refused', refusal: refusal ?? { code: 'defect', details: {} } }
}

/** Returns what prevents sending, found without a request; undefined once the server has accepted it. */
async function tell({ reports }: Client, waiting: Waiting): Promise<Sent | undefined> {
  const { kind, reportId, id } = waiting
  const options = () => ({ signal: AbortSignal.timeout(callTimeoutMillis) })
  switch (kind) {
    case 'note':
      await reports.addNote.mutate(
        { reportId, id, body: waiting.body, mentions: [...(waiting.mentions ?? [])] },
        options(),
      )
      return
    case 'accept':
      await reports.accept.mutate({ reportId, version: waiting.version, assignToMe: true }, options())
      return
    case 'request_extension': {
      const { version, minutes, reason } = waiting
      await reports.requestExtension.mutate({ reportId, id, version, minutes, reason }, options())
      return
    }
    case 'photo': {
      const photo = await lookIntoBox(keyOf(waiting))
      if (!photo) return refused('photo_lost')
      const stored = await handIn(photo, waiting.accountId, AbortSignal.timeout(photoTimeoutMillis(photo)))
      const { name, photoKind } = waiting
      await reports.addPhoto.mutate({ reportId, fileId: stored.fileId, kind: photoKind, name }, options())
      announceAnswers(waiting, stored.fileId)
      keepWaiting({ ...waiting, stored })
      return
    }
    case 'answer': {
      const refusalReason = inTheWay(waiting)
      if (refusalReason) return refusalReason
      const { way, version, what, where, when, next, outcome, plannedFor, referredTo, photoIds } = waiting
      if (!outcome) return refused('outcome_missing')
      const stated = { outcome, plannedFor, referredTo }
      const words = { reportId, version, what, where, when, next, ...stated, photoIds: [...photoIds] }
      await reports[answerCalls[way]].mutate(words, options())
    }
  }
}

/** From now on the answers that include this photo refer to it by its file. */
function announceAnswers({ id, accountId }: WaitingPhoto, fileId: string): void {
  for (const answer of waitingOf(accountId).filter(isAnswer)) {
    if (!answer.photoIds.includes(id)) continue
    keepWaiting({ ...answer, photoIds: answer.photoIds.map((each) => (each === id ? fileId : each)) })
  }
}

/** An answer is sent with all its proof or not at all, and after the acceptance that it builds on. */
function inTheWay({ accountId, photoIds, acceptId }: WaitingAnswer): Sent | null {
  const before = waitingOf(accountId).filter(({ id }) => id === acceptId || photoIds.includes(id))
  const accept = before.find(isAccept)
  // The user has read why it was refused and discarded it.
  if (acceptId && (!accept || accept.refusal)) return refused('accept_missing')
  if (before.some(({ refusal }) => refusal)) return refused('photo_missing')
  return before.length > 0 ? late : null
}

/** Too many requests from the office or the account at the moment: the server processed none of it. */
const tooMany = 429

/**
 * Whether the server has processed and refused it. Errors of the network, or temporary errors of the server, may pass.
 */
function isUnderstood(error: unknown): boolean {
  if (error instanceof PhotoRefused) return !mayPass(error) && !isSessionRefusal(error.refusal.code)
  const status = error instanceof TRPCClientError ? error.data?.httpStatus : undefined
  return typeof status === 'number' && status < 500 && status !== tooMany && !isSessionRefusal(refusalOf(error)?.code)
}
