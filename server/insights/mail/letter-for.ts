import type { mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { afterAction } from '#server/after-action/queries/after-action.ts'
import { exportedReports } from '#server/after-action/queries/exported-reports.ts'
import type { Letter } from '#server/platform/mail.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { readWeekly } from '../queries/weekly.ts'
import { isTimed } from '../rules/mailing.ts'
import { lastEnded } from '../rules/weekly-period.ts'
import { afterLetter } from './after-letter.ts'
import { weeklyLetter } from './weekly-letter.ts'

type Mailing = typeof mailings.$inferSelect
type Run = Pick<typeof mailingRuns.$inferSelect, 'dueAt' | 'incidentId' | 'isTest'>

/** The content of a run for one reader, within the reader's own scope and not that of the mailing's owner. */
export async function letterFor(
  reader: Context,
  mailing: Mailing,
  { dueAt, incidentId, isTest }: Run,
  appUrl: URL | undefined,
): Promise<{ letter: Omit<Letter, 'to' | 'key'>; isEmpty: boolean }> {
  const { locale, name, attachments } = mailing
  const how = { locale, name, isTest, attachments, appUrl }
  if (incidentId !== null) {
    const [came, reports] = await Promise.all([afterAction(reader, incidentId), exportedReports(reader, incidentId)])
    const isWholeCity = scopeOf(reader.actor).all
    return { letter: await afterLetter({ came, reports, isWholeCity, ...how }), isEmpty: reports.length === 0 }
  }
  // Changed to another kind while this run was in progress: then weekly, as most are.
  const edition = isTimed(mailing) ? mailing.edition : 'weekly'
  const from = lastEnded(edition, localDayOf(dueAt))
  // As of the time it was due.
  const weekly = await readWeekly({ ...reader, now: () => dueAt }, { edition, from, agency: null })
  return { letter: await weeklyLetter({ weekly, ...how }), isEmpty: weekly.isEmpty }
}
