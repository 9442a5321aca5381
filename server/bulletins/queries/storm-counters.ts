import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { openBulletinStates } from '../rules/lifecycle.ts'

export type StormCounters = {
  /** Still needing work. */
  open: number
  issued: number
  corrections: number
  /** The median time from the first draft to publication; null where nothing was published. */
  medianMinutes: number | null
  lastIssuedAt: Date | null
}

/** Counters of the newsroom's work on an incident. */
export async function stormCounters(db: Connection, incidentId: string): Promise<StormCounters> {
  const open = sql.join(
    openBulletinStates.map((state) => sql`${state}`),
    sql`, `,
  )
  const rows = await db.execute<{
    open: number
    issued: number
    corrections: number
    medianMinutes: number | null
    lastIssuedAt: string | Date | null
  }>(sql`
    select
      (select count(*)::int from bulletins where incident_id = ${incidentId} and state in (${open})) as open,
      (count(*) filter (where p.kind = 'first'))::int as issued,
      (count(*) filter (where p.kind <> 'first'))::int as corrections,
      percentile_cont(0.5) within group (order by extract(epoch from p.published_at - b.created_at) / 60)
        filter (where p.kind = 'first') as "medianMinutes",
      max(p.published_at) filter (where p.kind = 'first') as "lastIssuedAt"
    from bulletin_publications p
    join bulletins b on b.id = p.bulletin_id
    where p.incident_id = ${incidentId} and not p.is_exercise`)
  const [row] = rows
  if (!row) return { open: 0, issued: 0, corrections: 0, medianMinutes: null, lastIssuedAt: null }
  return { ...row, lastIssuedAt: row.lastIssuedAt === null ? null : new Date(row.lastIssuedAt) }
}
