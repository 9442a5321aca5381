import { randomUUID } from 'node:crypto'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { addInformation } from '#server/reports/commands/add-information.ts'
import { recordCitizenReply } from '#server/reports/commands/ask-citizen.ts'
import type { Moved } from '#server/reports/commands/move-report.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import type { WithPhotos } from '#server/reports/commands/received-photos.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import type { ChangeInput } from '#server/reports/rules/schemas.ts'
import { type Said, saidOf, type Utterance } from '../queries/said.ts'
import type { CitizenInformation, CitizenRating, CitizenReopening } from '../rules/schemas.ts'

/** `repeated`: the same had been recorded before, so nothing was added. `utteranceId` identifies the record. */
export type Spoken = Moved & { repeated: boolean; utteranceId: string }

type With = WithPhotos & {
  /** The program's idempotency key: the same key is recorded once. */
  key?: string
  /** Throws if the report is not in the version that the program has read; later changes then cause a conflict. */
  assertAsSeen?: () => Promise<void>
}

/**
 * Records the reporter's rating. The actor is `citizenOf(reportId)` by the link, or `onCitizensBehalf(client,
 * reportId)` by a program; the log keeps the difference. Refused as `window_passed` after the days of the setting.
 */
export async function rateAsCitizen(ctx: Context, { rating, words }: CitizenRating, more: With = {}): Promise<Spoken> {
  return sayOnce(ctx, more, {
    found: ({ state, rating: given, utterances: [last] }) =>
      state === 'closed' && given === rating && last?.event === 'report.rated' && last.words === words ? last : null,
    say: (seen, marks) => rateReport(ctx, { ...seen, rating, words, channel: null }, marks),
  })
}

/**
 * Reopens a report whose matter is not resolved, within the days of the setting (`window_passed` afterwards). New
 * photos that arrive with the same words are added. Actors as for `rateAsCitizen`.
 */
export async function reopenAsCitizen(ctx: Context, { reason }: CitizenReopening, more: With = {}): Promise<Spoken> {
  const reopened = ({ state, utterances }: Said) =>
    state !== 'answered' && state !== 'closed'
      ? utterances.find(({ event, words }) => event === 'report.reopened' && words === reason)
      : undefined
  return sayOnce(ctx, more, {
    found: (said) => (said.hasNewPhotos ? null : reopened(said)),
    say: (seen, marks, said) =>
      reopened(said)
        ? addInformation(ctx, { ...seen, body: reason }, marks)
        : reopenReport(ctx, { ...seen, reason }, marks),
  })
}

const informing = ['report.citizen_replied', 'report.information_added', 'report.reopened']

/**
 * Adds information of the reporter. If the desk has asked a question, this is the reply: the report returns to its
 * previous state and its clock resumes. The words of the latest reopening count as a repetition. Actors as for
 * `rateAsCitizen`.
 */
export async function addAsCitizen(ctx: Context, { body }: CitizenInformation, more: With = {}): Promise<Spoken> {
  return sayOnce(ctx, more, {
    found: ({ state, utterances, hasNewPhotos }) =>
      state !== 'awaiting_citizen' && !hasNewPhotos
        ? utterances.find(({ event, words }) => informing.includes(event) && words === body)
        : null,
    say: (seen, marks, { state }) =>
      state === 'awaiting_citizen'
        ? recordCitizenReply(ctx, { ...seen, reply: body }, marks)
        : addInformation(ctx, { ...seen, body }, marks),
  })
}

type Saying = {
  /** Finds an earlier record of the same content. */
  found: (said: Said) => Utterance | null | undefined
  say: (seen: ChangeInput, marks: WithPhotos, said: Said) => Promise<Moved>
}

const mostTries = 5

/**
 * Citizens see no versions, so what they say applies to the current report. The command compares the version after it
 * has the lock: of two simultaneous identical forms the second finds the record of the first. A citizen does not know
 * of a decision that can still be undone and is asked to retry later (`report_updating`).
 */
async function sayOnce(
  ctx: Context,
  { key, assertAsSeen, photoIds, linkHandedOut }: With,
  { found, say }: Saying,
): Promise<Spoken> {
  const { reportId } = ctx.actor
  if (reportId === undefined) throw new DomainError('forbidden')
  const clientId = ctx.actor.kind === 'api_client' ? ctx.actor.id : null
  const utteranceId = randomUUID()
  for (let tries = 1; ; tries++) {
    const said = await saidOf(ctx.db, reportId, { clientId, key, photoIds })
    const { id, code, version, state } = said
    const known = said.underKey ?? found(said)
    if (known) return { id, code, version, state, repeated: true, utteranceId: known.id ?? utteranceId }
    if (said.isHeld) throw new DomainError('report_updating')
    await assertAsSeen?.()
    const contactCorrected = clientId === null && said.isContactCorrected
    const marks = { photoIds, utteranceId, utteranceKey: key, contactCorrected, linkHandedOut }
    try {
      return { ...(await say({ reportId, version }, marks, said)), repeated: false, utteranceId }
    } catch (error) {
      const isOvertaken = error instanceof DomainError && error.code === 'conflict'
      if (!isOvertaken || assertAsSeen || tries >= mostTries) throw error
    }
  }
}
