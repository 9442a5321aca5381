import { eq } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Transaction } from '#db/client.ts'
import { type Recording, recordEvent } from '../commands.ts'
import { conflictOver } from '../queries.ts'
import { changesBetween, changesFromNothing, isUnchanged, type Named } from '../rules/changes.ts'
import type { EventDetails } from '../rules/detail-fields.ts'
import type { EventName } from '../rules/event-names.ts'

/** An entry and the version of it that the user saw. */
export type Seen = { id: string; version: number }

/** Entries of one kind; each change is made against the version that was seen, and is one event. */
export type EntryKind<Entry extends Seen> = {
  kind: Parameters<typeof conflictOver>[1]['kind']
  events: Record<'added' | 'changed' | 'removed', EventName>
  table: PgTable & { id: PgColumn }
  lock: (tx: Transaction, id: string) => Promise<Entry>
  /** Throws where the actor may not change this entry. */
  assertMay: (entry: Entry) => void
  /** What the log says besides the changes. */
  named: (entry: Entry) => EventDetails
  /** What the log keeps of a deleted entry. */
  kept: (entry: Entry) => EventDetails
}

/** Adds an entry (id null) or changes one. Saving the values that are stored already is no change. */
export async function saveVersioned<Entry extends Seen, Fields extends Partial<Omit<Entry, 'id' | 'version'>>>(
  tx: Transaction,
  ctx: Recording,
  of: EntryKind<Entry>,
  {
    id,
    version: seen,
    ...saved
  }: { id: string | null; version: number } & Fields & Named<Omit<Fields, 'id' | 'version'>>,
): Promise<Seen> {
  const fields: EventDetails = saved
  if (id === null) {
    const [added] = await tx
      .insert(of.table)
      .values(fields as never)
      .returning({ id: of.table.id })
    if (!added) throw new Error(`no ${of.kind} was written`)
    const subject = { kind: of.kind, id: added.id as string }
    await recordEvent(tx, ctx, { event: of.events.added, subject, version: 1, details: changesFromNothing(fields) })
    return { id: subject.id, version: 1 }
  }
  const entry = await lockSeen(tx, of, { id, version: seen })
  const changes = changesBetween(entry, fields)
  if (isUnchanged(changes)) return { id, version: entry.version }
  const version = entry.version + 1
  await tx
    .update(of.table)
    .set({ ...fields, version } as never)
    .where(eq(of.table.id, id))
  const details = { ...of.named(entry), ...changes }
  await recordEvent(tx, ctx, { event: of.events.changed, subject: { kind: of.kind, id }, version, details })
  return { id, version }
}

export async function removeVersioned<Entry extends Seen>(
  tx: Transaction,
  ctx: Recording,
  of: EntryKind<Entry>,
  seen: Seen,
): Promise<{ id: string }> {
  const entry = await lockSeen(tx, of, seen)
  await tx.delete(of.table).where(eq(of.table.id, seen.id))
  const subject = { kind: of.kind, id: seen.id }
  await recordEvent(tx, ctx, { event: of.events.removed, subject, details: of.kept(entry) })
  return { id: seen.id }
}

async function lockSeen<Entry extends Seen>(
  tx: Transaction,
  { kind, lock, assertMay }: EntryKind<Entry>,
  { id, version }: Seen,
): Promise<Entry> {
  const entry = await lock(tx, id)
  assertMay(entry)
  if (entry.version !== version) throw await conflictOver(tx, { kind, id }, entry.version)
  return entry
}
