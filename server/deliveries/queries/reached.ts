import { type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import type { Channel, ReportState, Severity } from '#server/reports/rules/lifecycle.ts'
import type { Reached } from '../rules/channels.ts'
import type { DeliveryChannel, DeliveryFailure, DeliveryKind } from '../rules/delivery.ts'

/** A delivery with the data that decides whether, when and how it is sent. */
export type Planned = Reached & {
  id: string
  reportId: number
  code: string
  agencyId: string | null
  /** The partner's reference of the report, for its program. */
  sourceKey: string | null
  kind: DeliveryKind
  state: ReportState
  severity: Severity
  isRated: boolean
  /** The event of the delivery was undone, or its answer withdrawn. */
  isUndone: boolean
  /** The report has a later answer. */
  isSuperseded: boolean
  tried: readonly DeliveryChannel[]
  chosen: DeliveryChannel | null
  attempts: number
  /** Attempts that do not count. */
  spared: number
  failure: DeliveryFailure | null
  /** Nobody knows how one of its attempts ended; from when staff sent it again, only those since. */
  mayHaveArrived: boolean
  /** From when on its age is counted. */
  since: Date
  link: string | null
  /** The key by which the receiver recognises a repetition; it changes when staff send the message again. */
  key: string
}

/** Conditions on the delivery `d`. */
export const isUndone = sql`(
  exists (select from events told join events undoing on undoing.report_id = told.report_id and undoing.id > told.id
    and undoing.details -> 'undoes' = to_jsonb(told.version) where told.id = d.event_id)
  or exists (select from events told join report_answers answer on answer.id::text = told.details ->> 'answerId'
    and answer.report_id = told.report_id and answer.status = 'withdrawn' where told.id = d.event_id))`
export const isSuperseded = sql`(d.kind in ('answer', 'rejection') and exists (
  select from deliveries later where later.report_id = d.report_id and later.kind in ('answer', 'rejection')
    and later.created_at > d.created_at and later.state <> 'cancelled'))`

/**
 * Reads the deliveries that a condition names, oldest first; `d` is the delivery. `first`: an order that goes before
 * their age. `behind`: the end of the statement.
 */
export async function readPlanned(
  db: Connection,
  where: SQL,
  { first = sql``, behind = sql`` }: { first?: SQL; behind?: SQL } = {},
): Promise<Planned[]> {
  const rows = await db.execute<
    Omit<Planned, 'contact' | 'since'> & {
      name: string | null
      phone: string | null
      email: string | null
      address: string | null
      since: string
    }
  >(sql`
    select d.id, d.report_id as "reportId", r.code, r.agency_id as "agencyId", r.source_key as "sourceKey", d.kind,
      r.state, r.severity, r.channel, r.rating is not null as "isRated",
      case when r.source like 'client:%' then substr(r.source, 8) end as "clientId",
      ${isUndone} as "isUndone", ${isSuperseded} as "isSuperseded", d.tried, d.chosen, d.attempts, d.spared, d.failure, d.since, d.link,
      exists (select from delivery_attempts a where a.delivery_id = d.id and a.at >= d.since
        and coalesce(a.outcome, 'unsure') = 'unsure') as "mayHaveArrived",
      case when d.since = d.created_at then d.id::text else d.id || '.' || floor(extract(epoch from d.since) * 1000) end as key,
      p.name, p.phone, p.email, p.address
    from deliveries d join reports r on r.id = d.report_id left join reporters p on p.report_id = r.id
    where ${where} order by ${first} d.created_at, d.id ${behind}`)
  return rows.map(({ name, phone, email, address, since, ...row }) => ({
    ...row,
    channel: row.channel as Channel,
    since: new Date(since),
    contact: { name, phone, email, address },
  }))
}
