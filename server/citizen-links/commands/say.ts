import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { addInformation } from '#server/reports/commands/add-information.ts'
import { recordCitizenReply } from '#server/reports/commands/ask-citizen.ts'
import type { Moved } from '#server/reports/commands/move-report.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import type { WithPhotos } from '#server/reports/commands/received-photos.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import type { ChangeInput } from '#server/reports/rules/schemas.ts'
import { type Said, saidOf } from '../queries/said.ts'
import type { CitizenInformation, CitizenRating, CitizenReopening } from '../rules/schemas.ts'

/** `repeated`: it had been said before, word for word, and was not recorded again. */
export type Spoken = Moved & { repeated: boolean }

/**
 * The sender rates the answer. The actor is `citizenOf(reportId)` by the link, or `onCitizensBehalf(client, reportId)`
 * by a program: the log says which. Refused as `window_passed` after the days of the setting.
 */
export async function rateAsCitizen(ctx: Context, { rating, words }: CitizenRating): Promise<Spoken> {
  return sayOnce(ctx, {
    isSaid: ({ state, rating: given, last }) =>
      state === 'closed' && given === rating && last?.event === 'report.rated' && last.words === words,
    say: (seen) => rateReport(ctx, { ...seen, rating, words, channel: null }),
  })
}

/**
 * The sender says that the matter is still not dealt with: the report is reopened, within the days of the setting
 * (`window_passed` afterwards). Actors as for `rateAsCitizen`.
 */
export async function reopenAsCitizen(
  ctx: Context,
  { reason }: CitizenReopening,
  withPhotos: WithPhotos = {},
): Promise<Spoken> {
  return sayOnce(ctx, {
    isSaid: ({ state, last }) =>
      state !== 'answered' && state !== 'closed' && last?.event === 'report.reopened' && last.words === reason,
    say: (seen) => reopenReport(ctx, { ...seen, reason }, withPhotos),
  })
}

/**
 * The sender adds information. If the desk has asked for it, this is the reply: the report returns to the state before
 * and its clock runs on. Actors as for `rateAsCitizen`.
 */
export async function addAsCitizen(
  ctx: Context,
  { body }: CitizenInformation,
  withPhotos: WithPhotos = {},
): Promise<Spoken> {
  const events = ['report.citizen_replied', 'report.information_added']
  return sayOnce(ctx, {
    isSaid: ({ state, last }) =>
      state !== 'awaiting_citizen' && last !== null && events.includes(last.event) && last.words === body,
    say: (seen, { state }) =>
      state === 'awaiting_citizen'
        ? recordCitizenReply(ctx, { ...seen, reply: body }, withPhotos)
        : addInformation(ctx, { ...seen, body }, withPhotos),
  })
}

type Saying = {
  isSaid: (said: Said) => boolean
  say: (seen: ChangeInput, said: Said) => Promise<Moved>
}

const mostTries = 5

/**
 * Citizens see no versions: what they say holds for the report as it is. The command compares the version once it has
 * the lock, so of two that are sent at once the second finds what the first said. A decision that can still be taken
 * back is not known to the citizen, who is asked to come back in a moment (`report_updating`).
 */
async function sayOnce(ctx: Context, { isSaid, say }: Saying): Promise<Spoken> {
  const reportId = ctx.actor.reportId
  if (reportId === undefined) throw new DomainError('forbidden')
  for (let tries = 1; ; tries++) {
    const said = await saidOf(ctx.db, reportId)
    const { id, code, version, state } = said
    if (isSaid(said)) return { id, code, version, state, repeated: true }
    if (said.isHeld) throw new DomainError('report_updating')
    try {
      return { ...(await say({ reportId, version }, said)), repeated: false }
    } catch (error) {
      const isOvertaken = error instanceof DomainError && error.code === 'conflict'
      if (!isOvertaken || tries >= mostTries) throw error
    }
  }
}
