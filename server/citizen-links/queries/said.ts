import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { DomainError } from '#server/platform/errors.ts'
import { textArray } from '#server/reports/queries/scope.ts'
import { isHeld } from '#server/reports/queries/told.ts'
import type { Rating, ReportState } from '#server/reports/rules/lifecycle.ts'

export type Utterance = {
  event: string
  rating: Rating | null
  words: string
  id: string | null
}

/** A report as the citizen's commands need it, with everything that its reporter said by link or program. */
export type Said = {
  id: number
  code: string
  version: number
  state: ReportState
  rating: Rating | null
  isHeld: boolean
  /** Staff have corrected the contact. That revokes earlier links, so every valid link was sent afterwards. */
  isContactCorrected: boolean
  /** Since the last reopening, including it; newest first. */
  utterances: Utterance[]
  /** The record of the same program under this key. */
  underKey: Utterance | null
  /** Whether one of these photos, compared by content, is not yet on the report. */
  hasNewPhotos: boolean
}

type About = { clientId: string | null; key?: string; photoIds?: readonly string[] }

export async function saidOf(db: Connection, reportId: number, { clientId, key, photoIds = [] }: About): Promise<Said> {
  const utterance = sql`json_build_object('event', e.event, 'rating', e.details ->> 'rating',
    'words', coalesce(m.body, e.details ->> 'reason', ''), 'id', e.details ->> 'utteranceId')`
  const logged = sql`events e left join report_messages m on m.id = (e.details ->> 'messageId')::uuid`
  // The client is no plain equation: the index on what it has done would be read as well, all of it.
  const [said] = await db.execute<Said>(sql`
    select r.id::int, r.code, r.version, r.state, r.rating, ${isHeld(sql`r`)} as "isHeld", exists (
      select from events c where c.report_id = r.id and c.event = 'report.contact_corrected') as "isContactCorrected", (
      select coalesce(json_agg(${utterance} order by e.id desc), '[]'::json) from ${logged}
      where e.report_id = r.id and e.actor_kind in ('citizen', 'api_client') and e.version is not null
        and e.id >= coalesce(
          (select max(o.id) from events o where o.report_id = r.id and o.event = 'report.reopened'), 0)
      ) as utterances, (
      select ${utterance} from ${logged}
      where e.report_id = r.id and e.actor_kind = 'api_client' and coalesce(e.actor_id = ${clientId}::uuid, false)
        and e.details ->> 'utteranceKey' = ${key ?? null}
      order by e.id limit 1) as "underKey", exists (
      select from files n where n.id = any(${textArray(photoIds)}::uuid[]) and not exists (
        select from report_photos p join files f on f.id = p.file_id
        where p.report_id = r.id and f.sha256 = n.sha256)) as "hasNewPhotos"
    from reports r where r.id = ${reportId}`)
  if (!said) throw new DomainError('not_found')
  return said
}
