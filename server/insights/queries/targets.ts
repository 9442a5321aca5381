import { asc, desc, eq, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { agencies, targets } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import type { KpiId } from '../rules/definitions.ts'
import { type Aim, maySetTarget, type TargetKpi, targetKpis, targetOn } from '../rules/target.ts'

export type Target = {
  id: string
  kpi: TargetKpi
  agency: { id: string; name: string } | null
  validFrom: LocalDay
  value: number | null
  band: number | null
  version: number
  mayEdit: boolean
}

/** Every target, past and to come: the city's first, then by agency, the latest first. */
export async function listTargets({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<Target[]> {
  const rows = await db
    .select({
      id: targets.id,
      kpi: targets.kpi,
      agencyId: targets.agencyId,
      agencyName: agencies.name,
      validFrom: targets.validFrom,
      value: targets.value,
      band: targets.band,
      version: targets.version,
    })
    .from(targets)
    .leftJoin(agencies, eq(agencies.id, targets.agencyId))
    .orderBy(sql`${agencies.name} collate "vi-x-icu" nulls first`, asc(targets.kpi), desc(targets.validFrom))
  return rows.map(({ agencyId, agencyName, ...row }) => ({
    ...row,
    agency: agencyId === null ? null : { id: agencyId, name: agencyName ?? agencyId },
    mayEdit: maySetTarget(actor, agencyId),
  }))
}

/**
 * The targets of an agency (null: the city) on any day, figure by figure. Figures that had no target by then are left
 * out.
 */
export async function targetsOf(
  db: Connection,
  agencyId: string | null,
): Promise<(day: LocalDay) => Partial<Record<KpiId, Aim>>> {
  const [rows, chain] = await Promise.all([db.select().from(targets), agencyId === null ? [] : chainOf(db, agencyId)])
  return (day) =>
    Object.fromEntries(
      targetKpis.flatMap((kpi) => {
        const target = targetOn(rows, kpi, chain, day)
        return target ? [[kpi, { value: target.value, band: target.band }]] : []
      }),
    )
}

/** The agency and those above it, the nearest first. */
async function chainOf(db: Connection, id: string): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with recursive above as (
      select id, parent_id, 0 as far from agencies where id = ${id}
      union all select agencies.id, agencies.parent_id, far + 1 from agencies join above on agencies.id = above.parent_id
      where far < 20)
    select id from above order by far`)
  return [...rows].map((row) => row.id)
}

export async function lockTarget(tx: Transaction | Connection, id: string) {
  const [target] = await tx.select().from(targets).where(eq(targets.id, id)).for('update')
  if (!target) throw new DomainError('not_found', { subject: 'target', id })
  return target
}
