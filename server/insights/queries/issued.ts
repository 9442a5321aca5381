import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { issuedReports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { isScopeOfIssued, maySeeIssued, readerOfIssued } from '../rules/issued.ts'
import type { IssuedCursor } from '../rules/issued-input.ts'
import { readKeptWeekly } from '../rules/kept-weekly.ts'
import type { Weekly } from '../rules/weekly.ts'
import { readWeekly } from './weekly.ts'

const pageSize = 50

const columns = {
  id: issuedReports.id,
  name: issuedReports.name,
  edition: issuedReports.edition,
  subject: issuedReports.subject,
  locale: issuedReports.locale,
  issuedAt: issuedReports.issuedAt,
}

/** The issued reports that lie within what the account may see, newest first. */
export async function listIssued({ db, actor }: Context, cursor: IssuedCursor | null) {
  const after =
    cursor &&
    sql`(${issuedReports.issuedAt}, ${issuedReports.id}) < (${cursor.issuedAt.toISOString()}::timestamptz, ${cursor.id}::uuid)`
  const rows = await db
    .select(columns)
    .from(issuedReports)
    .where(and(visibleIssued(actor), after ?? undefined))
    .orderBy(desc(issuedReports.issuedAt), desc(issuedReports.id))
    .limit(pageSize + 1)
  const last = rows[pageSize - 1]
  return {
    reports: rows.slice(0, pageSize),
    next: rows.length > pageSize && last ? { issuedAt: last.issuedAt, id: last.id } : null,
  }
}

/** The same decision as `maySeeIssued`, for rows. */
function visibleIssued(actor: Context['actor']): SQL | undefined {
  const scope = scopeOf(actor)
  if (scope.all) return undefined
  return sql`(${issuedReports.agencyIds} is not null
    and ${issuedReports.agencyIds} <@ ${sql.param([...scope.agencyIds])}::text[])`
}

/** An issued report; for accounts that may not see all it counts it does not exist. */
async function issuedRow({ db, actor }: Pick<Context, 'db' | 'actor'>, id: string) {
  const [row] = await db.select().from(issuedReports).where(eq(issuedReports.id, id))
  if (!row || !maySeeIssued(scopeOf(actor), row.agencyIds))
    throw new DomainError('not_found', { subject: 'issued', id })
  return row
}

/** An issued report with its figures as they were kept. */
export async function issuedById(ctx: Context, id: string) {
  const { name, edition, subject, locale, issuedAt, agencyIds, schema, figures } = await issuedRow(ctx, id)
  const isOwnScope = isScopeOfIssued(scopeOf(ctx.actor), agencyIds)
  return { id, name, edition, subject, locale, issuedAt, isOwnScope, weekly: readKeptWeekly(schema, figures) }
}

/** The page of an issued report, as it was kept. */
export async function issuedPage(ctx: Context, id: string): Promise<{ page: string; locale: string }> {
  return issuedRow(ctx, id)
}

/** The same report, of the same moment and scope, counted from what is known now. */
export async function issuedNow(ctx: Context, id: string): Promise<Weekly> {
  const { agencyIds, dueAt, schema, figures } = await issuedRow(ctx, id)
  const { question } = readKeptWeekly(schema, figures)
  return readWeekly({ ...ctx, actor: readerOfIssued(agencyIds), now: () => dueAt }, question)
}
