import { and, count, desc, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { accounts, reportDrafts, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { draftDays } from '../rules/draft-days.ts'
import { mayAct } from '../rules/policy.ts'
import { visibleTo } from './scope.ts'

export type DraftsOnReport = Awaited<ReturnType<typeof draftsOn>>
export type MyDraft = Awaited<ReturnType<typeof myDrafts>>[number]

const day = 86_400_000
const excerptLength = 160

/** The drafts of the account on a report, and those that colleagues have shared there. */
export async function draftsOn({ db, actor, now }: Context, reportId: number) {
  const asOf = now()
  const { value, savedAt, sharedAt, kind } = reportDrafts
  const isMine = eq(reportDrafts.accountId, actor.id ?? '')
  const ofReport = and(eq(reportDrafts.reportId, reportId), visibleTo(actor))
  const [mine, shared] = await Promise.all([
    db
      .select({ kind, value, savedAt, sharedAt })
      .from(reportDrafts)
      .innerJoin(reports, eq(reports.id, reportDrafts.reportId))
      .where(and(ofReport, isMine)),
    db
      .select({
        kind,
        value,
        savedAt,
        author: { id: accounts.id, name: accounts.name },
        agencyId: reports.agencyId,
      })
      .from(reportDrafts)
      .innerJoin(reports, eq(reports.id, reportDrafts.reportId))
      .innerJoin(accounts, eq(accounts.id, reportDrafts.accountId))
      .where(and(ofReport, isNotNull(sharedAt), sharedWithHolder, ne(reportDrafts.accountId, actor.id ?? '')))
      .orderBy(desc(savedAt)),
  ])
  return { asOf, mine, shared: shared.filter(({ agencyId }) => mayReadShared(actor, agencyId)) }
}

/** Shared with the agency that held the report at that time: a draft is not shared with the next holder. */
export const sharedWithHolder = sql`${reportDrafts.agencyId} is not distinct from ${reports.agencyId}`

const mayReadShared = (actor: Context['actor'], agencyId: string | null): boolean =>
  capacityFor(actor, (capacity) => mayAct(capacity, 'add_note', agencyId)) !== null

/** All unsent drafts of the account, the latest first, whatever has happened to their reports since. */
export async function myDrafts({ db, actor }: Context) {
  const rows = await db
    .select({
      reportId: reports.id,
      code: reports.code,
      title: reports.title,
      state: reports.state,
      kind: reportDrafts.kind,
      value: reportDrafts.value,
      savedAt: reportDrafts.savedAt,
      sharedAt: reportDrafts.sharedAt,
    })
    .from(reportDrafts)
    .innerJoin(reports, eq(reports.id, reportDrafts.reportId))
    .where(and(eq(reportDrafts.accountId, actor.id ?? ''), visibleTo(actor)))
    .orderBy(desc(reportDrafts.savedAt))
    .limit(200)
  return rows.map(({ value, ...row }) => ({
    ...row,
    excerpt: excerptOf(value),
    goesAt: new Date(row.savedAt.getTime() + draftDays * day),
  }))
}

export async function countMyDrafts({ db, actor }: Context): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(reportDrafts)
    .innerJoin(reports, eq(reports.id, reportDrafts.reportId))
    .where(and(eq(reportDrafts.accountId, actor.id ?? ''), visibleTo(actor)))
  return row?.count ?? 0
}

/** The main text of a draft: `what` of an answer, `body` of a note. */
function excerptOf(value: Record<string, string | string[]>): string {
  const words = [value.what, value.body, value.where].find((text) => typeof text === 'string' && text.trim() !== '')
  return typeof words === 'string' ? words.trim().slice(0, excerptLength) : ''
}
