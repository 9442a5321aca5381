import type { mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { afterAction } from '#server/after-action/queries/after-action.ts'
import { exportedReports } from '#server/after-action/queries/exported-reports.ts'
import type { Letter } from '#server/platform/mail.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { type Issue, issuedBefore, newIssueId } from '../commands/issue-report.ts'
import { workingDays } from '../commands/save-mailing.ts'
import { momentOfIssue } from '../queries/as-issued.ts'
import { readIssued, readWeekly } from '../queries/weekly.ts'
import { type IssuedScope, issuedScopeOf, readerOfIssued } from '../rules/issued.ts'
import { keptSchema } from '../rules/kept-weekly.ts'
import { isTimed } from '../rules/mailing.ts'
import { ownAgency } from '../rules/own-agency.ts'
import type { Weekly } from '../rules/weekly.ts'
import { daysOfMailing, type WeeklyQuestion } from '../rules/weekly-period.ts'
import { afterLetter } from './after-letter.ts'
import { weeklyLetter, weeklyPaper } from './weekly-letter.ts'

type Mailing = typeof mailings.$inferSelect
type Run = Pick<typeof mailingRuns.$inferSelect, 'id' | 'dueAt' | 'incidentId' | 'isTest'>
type Made = {
  letter: Omit<Letter, 'to' | 'key'>
  isEmpty: boolean
  /** To be kept when the letter is handed over; null: nothing, or it is kept already. */
  issue: Issue | null
}

/**
 * The content of a run for one reader: of what the reader's own agency is responsible for, whatever the owner of the
 * mailing sees. Readers of the same agency get the same, also from a later attempt: what was kept when the first letter
 * was handed over.
 */
export async function letterFor(reader: Context, mailing: Mailing, run: Run, appUrl: URL | undefined): Promise<Made> {
  const { locale, name, attachments } = mailing
  const { dueAt, incidentId, isTest } = run
  const how = { locale, name, isTest, attachments, appUrl }
  if (incidentId !== null) {
    const [came, reports] = await Promise.all([afterAction(reader, incidentId), exportedReports(reader, incidentId)])
    const isWholeCity = scopeOf(reader.actor).all
    const letter = await afterLetter({ came, reports, isWholeCity, ...how })
    return { letter, isEmpty: reports.length === 0, issue: null }
  }
  const agencyIds = issuedScopeOf(reader.actor)
  const before = isTest ? null : await issuedBefore(reader.db, run.id, agencyIds)
  if (before) {
    const { id, weekly, ...asKept } = before
    return {
      letter: await weeklyLetter({ weekly, issuedId: id, ...how, ...asKept }),
      isEmpty: weekly.isEmpty,
      issue: null,
    }
  }
  // Changed to another kind while this run was in progress: then weekly, as most are.
  const edition = isTimed(mailing) ? mailing.edition : 'weekly'
  // As of the time it was due.
  const asOfDue: Context = { ...reader, now: () => dueAt }
  const days = daysOfMailing({ ...mailing, edition }, localDayOf(dueAt), await workingDays(asOfDue))
  const question: WeeklyQuestion = { ...days, agency: ownAgency(reader.actor) }
  if (isTest) {
    const weekly = await readWeekly(asOfDue, question)
    return { letter: await weeklyLetter({ weekly, issuedId: null, ...how }), isEmpty: weekly.isEmpty, issue: null }
  }
  const issuedAt = await momentOfIssue(reader.db)
  // Counted by the scope under which it is kept: the next reader of this agency may see more or less than this one.
  const weekly = await readIssued({ ...asOfDue, actor: readerOfIssued(agencyIds) }, question, issuedAt)
  const id = await newIssueId(reader.db)
  const letter = await weeklyLetter({ weekly, issuedId: id, ...how })
  return { letter, isEmpty: weekly.isEmpty, issue: issueOf(mailing, run, { id, weekly, agencyIds, issuedAt }, letter) }
}

type Issued = Pick<Issue, 'id' | 'issuedAt'> & { weekly: Weekly; agencyIds: IssuedScope }

/** A report as it is kept, with the letter that says the same. */
export function issueOf(
  { id: mailingId, name, locale }: Pick<Mailing, 'id' | 'name' | 'locale'>,
  { id: runId, dueAt }: Pick<Run, 'id' | 'dueAt'>,
  { id, weekly, agencyIds, issuedAt }: Issued,
  { subject, text }: Pick<Letter, 'subject' | 'text'>,
): Issue {
  const { fromDay, toDay } = weekly.header
  return {
    ...{ id, mailingId, runId, name, edition: weekly.question.edition, fromDay, toDay, dueAt, issuedAt },
    ...{ agencyIds: agencyIds && [...agencyIds], locale, schema: keptSchema, figures: weekly, subject, text },
    page: weeklyPaper(weekly, locale, issuedAt),
  }
}
