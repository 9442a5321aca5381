import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agencies, calendars } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { conflictOver } from '#server/events/queries.ts'
import { DomainError } from '#server/platform/errors.ts'

type Row = typeof agencies.$inferSelect
export type AgencyTree = ReadonlyMap<string, Row>

/** Serialises changes of the tree: two changes that are each valid could together make a cycle. */
export async function changeTree<T>(ctx: Context, work: (tx: Transaction, tree: AgencyTree) => Promise<T>): Promise<T> {
  if (!mayUse(ctx.actor, 'agencies.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const rows = await tx.select().from(agencies).orderBy(asc(agencies.id)).for('no key update')
    return work(tx, new Map(rows.map((row) => [row.id, row])))
  })
}

/** The agency in the version that the caller has seen; if it changed since, the refusal says who changed what. */
export async function seenAgency(
  tx: Transaction,
  tree: AgencyTree,
  { id, version }: { id: string; version: number },
): Promise<Row> {
  const agency = tree.get(id)
  if (!agency) throw new DomainError('not_found', { subject: 'agency', id })
  if (agency.version !== version) throw await conflictOver(tx, { kind: 'agency', id }, agency.version)
  return agency
}

export async function assertCalendar(tx: Transaction, id: string): Promise<void> {
  const [calendar] = await tx.select({ id: calendars.id }).from(calendars).where(eq(calendars.id, id))
  if (!calendar) throw new DomainError('not_found', { subject: 'calendar', id })
}
