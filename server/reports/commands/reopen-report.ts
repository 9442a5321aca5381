import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { type Agency, agencyById } from '#server/agencies/queries.ts'
import { reopenedClock, startClock, switchTime } from '#server/calendars/rules/deadlines.ts'
import { minutesPerDay } from '#server/calendars/rules/working-time.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { reopenInput } from '../rules/schemas.ts'
import { clockTimeOf } from '../storm.ts'
import { type Desk, type Moved, moveReport } from './move-report.ts'
import { attachPhotos, type WithPhotos } from './received-photos.ts'
import { withdrawRequests } from './requests.ts'

/**
 * Reopens an answered report, at the agency that answered it or, where that has ended, at the dispatchers. A new
 * promise begins: the time left of the old one, but at least one working day.
 */
export async function reopenReport(
  ctx: Context,
  input: z.output<typeof reopenInput>,
  withPhotos: WithPhotos = {},
): Promise<Moved> {
  return moveReport(ctx, 'reopen', input, async (desk) => {
    const { report } = desk
    const agency = await agencyStillThere(desk)
    const lastAgencyEnded = agency === null
    await startNewPromise(desk, agency?.calendarId ?? null)
    const photos = await attachPhotos(desk, withPhotos)
    // A follow-up that waits is no longer one: the report gets another answer.
    const requestIds = await withdrawRequests(desk.tx, report.id, desk.now)
    return {
      set: {
        reopenCount: report.reopenCount + 1,
        answeredAt: null,
        closedAt: null,
        // The rating was given to the earlier answer: the log keeps it, the next answer awaits its own.
        rating: null,
        stateBefore: null,
        ...(lastAgencyEnded && { agencyId: null, assigneeId: null }),
        ...photos.set,
      },
      circumstances: { lastAgencyEnded },
      details: { reason: input.reason, ...photos.details },
      ...(requestIds.length > 0 && { kept: { requestIds } }),
      byCitizen: true,
    }
  })
}

async function agencyStillThere({ tx, report, now }: Desk): Promise<Agency | null> {
  if (report.agencyId === null) return null
  const agency = await agencyById(tx, report.agencyId)
  return agency.validTo !== null && agency.validTo < localDayOf(now) ? null : agency
}

/**
 * The time left is measured by the calendar it ran in; from now on the calendar of the agency that holds the report
 * counts, or the previous one where none holds it.
 */
async function startNewPromise({ tx, report, clocks, now }: Desk, calendarOfAgency: string | null): Promise<void> {
  const previous = clocks.last('resolution') ?? clocks.last('intake')
  if (!previous) return
  const calendarId = calendarOfAgency ?? previous.calendarId
  const day = minutesPerDay(clocks.timeOf(calendarId), now)
  const clock =
    previous.clock.kind === 'resolution'
      ? reopenedClock(previous.clock, now, clocks.timeOf(previous.calendarId), day)
      : startClock('resolution', now, Math.max(day, report.category.normalMinutes))
  const storm = await clockTimeOf(tx, report, now)
  clocks.start(switchTime(clock, storm, now), calendarId)
}
