import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { DomainError } from '#server/platform/errors.ts'
import { isHeld } from '#server/reports/queries/told.ts'
import type { Rating, ReportState } from '#server/reports/rules/lifecycle.ts'

/** A report as the citizen's commands find it, and what its sender said last through the page or a program. */
export type Said = {
  id: number
  code: string
  version: number
  state: ReportState
  rating: Rating | null
  isHeld: boolean
  last: { event: string; rating: Rating | null; words: string } | null
}

export async function saidOf(db: Connection, reportId: number): Promise<Said> {
  const [said] = await db.execute<Said>(sql`
    select r.id::int, r.code, r.version, r.state, r.rating, ${isHeld(sql`r`)} as "isHeld", (
      select json_build_object('event', e.event, 'rating', e.details ->> 'rating',
        'words', coalesce(m.body, e.details ->> 'reason', ''))
      from events e left join report_messages m on m.id = (e.details ->> 'messageId')::uuid
      where e.report_id = r.id and e.actor_kind in ('citizen', 'api_client') and e.version is not null
      order by e.id desc limit 1) as last
    from reports r where r.id = ${reportId}`)
  if (!said) throw new DomainError('not_found')
  return said
}
