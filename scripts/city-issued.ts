import { and, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { Random } from '#db/demo/random.ts'
import { uuidAt } from '#db/demo/uuid.ts'
import { mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { issuedBefore, keepIssue } from '#server/insights/commands/issue-report.ts'
import { workingDays } from '#server/insights/commands/save-mailing.ts'
import { issueOf } from '#server/insights/mail/letter-for.ts'
import { weeklyLetter } from '#server/insights/mail/weekly-letter.ts'
import { readIssued } from '#server/insights/queries/weekly.ts'
import { type IssuedScope, issuedScopeOf, readerOfIssued } from '#server/insights/rules/issued.ts'
import { isTimed } from '#server/insights/rules/mailing.ts'
import { ownAgency } from '#server/insights/rules/own-agency.ts'
import { daysOfMailing } from '#server/insights/rules/weekly-period.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'

/** Of each mailing its latest reports: more would only make the first start longer. */
const mostOfEach = 3

/**
 * Keeps the latest reports that the demo city has made, though it has no mail server for the letters, each with what
 * was known when it was: what was entered later shows as its corrections. A city for another day than today lists some
 * that are still to come: nothing is known of their moment yet. The figures must have caught up.
 */
export async function issueSent(db: Database): Promise<void> {
  const ranked = db
    .select({ id: mailingRuns.id, place: sql<number>`row_number() over (${latestFirst})`.as('place') })
    .from(mailingRuns)
    .where(
      and(
        inArray(mailingRuns.state, ['sent', 'skipped']),
        eq(mailingRuns.isTest, false),
        isNull(mailingRuns.incidentId),
        isPast,
      ),
    )
    .as('ranked')
  const sent = await db
    .select({ run: mailingRuns, mailing: mailings })
    .from(mailingRuns)
    .innerJoin(ranked, and(eq(ranked.id, mailingRuns.id), lte(ranked.place, mostOfEach)))
    .innerJoin(mailings, eq(mailings.id, mailingRuns.mailingId))
    .orderBy(mailingRuns.dueAt)
  for (const { run, mailing } of sent) {
    for (const reader of await readersOf(db, run)) await issue(reader, mailing, run)
  }
}

/** With a margin: what begins at a moment is known a little later. */
const isPast = sql`coalesce(${mailingRuns.finishedAt}, ${mailingRuns.dueAt}) < clock_timestamp() - interval '1 minute'`
const latestFirst = sql`partition by ${mailingRuns.mailingId} order by ${mailingRuns.dueAt} desc`

type Run = typeof mailingRuns.$inferSelect
type Reader = Context & { agencyIds: IssuedScope }

/** One of the recipients of each scope. */
async function readersOf(db: Database, { sentTo, leftOut, dueAt }: Run): Promise<Reader[]> {
  const readers = new Map<string, Reader>()
  const withoutServer = leftOut.flatMap(({ accountId, why }) => (why === 'no_server' ? [accountId] : []))
  for (const accountId of [...sentTo, ...withoutServer]) {
    const actor = await actorOf(db, accountId, dueAt)
    const agencyIds = actor && issuedScopeOf(actor)
    if (actor) readers.set(JSON.stringify(agencyIds), { db, actor, now: () => dueAt, agencyIds })
  }
  return [...readers.values()]
}

async function issue(reader: Reader, mailing: typeof mailings.$inferSelect, run: Run): Promise<void> {
  const { agencyIds, db } = reader
  if (!isTimed(mailing) || (await issuedBefore(db, run.id, agencyIds))) return
  const { name, locale } = mailing
  const issuedAt = run.finishedAt ?? run.dueAt
  const id = uuidAt(new Random(`${run.id}/${agencyIds}`), issuedAt)
  const days = daysOfMailing(mailing, localDayOf(run.dueAt), await workingDays(reader))
  const question = { ...days, agency: ownAgency(reader.actor) }
  const weekly = await readIssued({ ...reader, actor: readerOfIssued(agencyIds) }, question, issuedAt)
  if (weekly.isEmpty && mailing.skipsEmpty) return
  const letter = await weeklyLetter({
    ...{ weekly, locale, name, issuedId: id },
    ...{ isTest: false, attachments: [], appUrl: undefined },
  })
  await keepIssue(db, issueOf(mailing, run, { id, weekly, agencyIds, issuedAt }, letter))
}
