import type { Database, Transaction } from '#db/client.ts'
import { insertRows, newRow, type RowWrite } from '#db/rows.ts'
import { events } from '#db/schema/index.ts'
import type { DetailField, EventDetails } from './rules/detail-fields.ts'
import type { ActorKind, SubjectKind } from './rules/event.ts'
import type { EventName } from './rules/event-names.ts'

/** The log identifies the actor only by kind and id. */
export type Recording = {
  actor: { kind: ActorKind; id: string | null; onBehalfOf?: string | null }
  now: () => Date
  requestId?: string | null
  ip?: string | null
}
type State = NonNullable<(typeof events.$inferInsert)['fromState']>
type Subject = { kind: 'report'; id: number } | { kind: Exclude<SubjectKind, 'report'>; id: string }

export type EventEntry = {
  event: EventName
  subject: Subject
  /** The agency that holds the report at this moment. */
  agencyId?: string | null
  from?: State
  to?: State
  version?: number
  details?: EventDetails
}

/** An event of which the log has words for every field, also where its details were put together elsewhere. */
type Named<Entry> = Entry extends { details: infer Details }
  ? Exclude<keyof Details, DetailField> extends never
    ? Entry
    : never
  : Entry

/**
 * Appends to the event log, in the caller's transaction: changes and their events are committed or rolled back
 * together.
 */
export async function recordEvent<Entries extends readonly EventEntry[]>(
  tx: Database | Transaction,
  ctx: Recording,
  ...entries: Entries & { [At in keyof Entries]: Named<Entries[At]> }
): Promise<void> {
  await insertRows(
    tx,
    events,
    entries.map((entry) => eventRow(ctx, entry)),
  )
}

/** The same as a row, for callers that write the event in one statement with their changes. */
export const eventWrite = <Entry extends EventEntry>(ctx: Recording, entry: Entry & Named<Entry>): RowWrite =>
  newRow(events, eventRow(ctx, entry))

const eventRow = (ctx: Recording, { subject, ...entry }: EventEntry): typeof events.$inferInsert => ({
  at: ctx.now(),
  event: entry.event,
  subjectKind: subject.kind,
  reportId: subject.kind === 'report' ? subject.id : null,
  subjectId: subject.kind === 'report' ? null : subject.id,
  actorKind: ctx.actor.kind,
  actorId: ctx.actor.id,
  onBehalfOf: ctx.actor.onBehalfOf ?? null,
  agencyId: entry.agencyId ?? null,
  fromState: entry.from ?? null,
  toState: entry.to ?? null,
  version: entry.version ?? null,
  details: entry.details ?? {},
  requestId: ctx.requestId ?? null,
  ip: ctx.ip ?? null,
})
