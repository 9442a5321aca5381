import { and, desc, eq, inArray, not, or, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { events, reportMessages, reportNotes, reportPhotos, reports } from '#db/schema/index.ts'
import { type EventEntry, recordEvent } from '#server/events/commands.ts'
import type { EventDetails } from '#server/events/rules/detail-fields.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'
import { partsOf } from '../queries/parts.ts'
import { isInAnswer } from '../queries/photos.ts'
import { takenOver } from '../queries/report-facts.ts'
import { visibleTo } from '../queries/scope.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import { mayAct } from '../rules/policy.ts'
import { bringsBack, countOf, type Parts, refusalReasonForPart } from '../rules/split.ts'
import type { Desk } from './move-report.ts'
import { updateSearch } from './update-search.ts'

type Direction = { from: number; to: number }
/**
 * Moves messages, notes and photos from one report to another: the rows move, the event log does not. Returns the ids
 * of the events about them, so that both timelines can say where they came from and went. The caller has locked both
 * reports, and the actor may act on the one they leave.
 */
export async function moveParts(tx: Transaction, direction: Direction, parts: Parts): Promise<number[]> {
  if (countOf(parts) === 0) return []
  await assertMayGo(tx, direction.from, parts, null)
  const { messageIds, noteIds, fileIds } = parts
  const told = await eventsTelling(tx, direction.from, parts)
  const there = { reportId: direction.to }
  const messages = and(eq(reportMessages.reportId, direction.from), inArray(reportMessages.id, messageIds))
  await tx.update(reportMessages).set(there).where(messages)
  const notes = and(eq(reportNotes.reportId, direction.from), inArray(reportNotes.id, noteIds))
  await tx.update(reportNotes).set(there).where(notes)
  await movePhotos(tx, direction, fileIds)
  if (messageIds.length + fileIds.length > 0) await updateSearch(tx, [direction.from, direction.to])
  return told
}

async function movableParts(tx: Transaction, reportId: number, since: Date | null): Promise<ReadonlySet<string>> {
  const parts = await partsOf(tx, reportId)
  return new Set(parts.filter((part) => refusalReasonForPart(part, since) === null).map(({ id }) => id))
}

async function assertMayGo(tx: Transaction, reportId: number, parts: Parts, since: Date | null): Promise<void> {
  if (countOf(parts) === 0) return
  const going = await movableParts(tx, reportId, since)
  const asked = [...parts.messageIds, ...parts.noteIds, ...parts.fileIds]
  if (asked.some((id) => !going.has(id))) throw new DomainError('part_stays')
}

/** A photo that is attached to the target already stays there once. */
async function movePhotos(tx: Transaction, { from, to }: Direction, fileIds: string[]): Promise<void> {
  if (fileIds.length === 0) return
  const going = and(eq(reportPhotos.reportId, from), inArray(reportPhotos.fileId, fileIds), not(isInAnswer))
  const gone = await tx.delete(reportPhotos).where(going).returning()
  await tx
    .insert(reportPhotos)
    .values(gone.map((photo) => ({ ...photo, reportId: to })))
    .onConflictDoNothing()
  await tx
    .update(reports)
    .set({ photoCount: sql`(select count(*) from report_photos p where p.report_id = ${reports.id})` })
    .where(inArray(reports.id, [from, to]))
}

/** The events about these parts, on the report itself or on one from which it took them over. */
export async function eventsTelling(tx: Transaction, reportId: number, parts: Parts): Promise<number[]> {
  const told = (key: string, ids: string[]) => inArray(sql`${events.details} ->> ${key}`, ids)
  const here = or(eq(events.reportId, reportId), sql`${events.id} = any(array(${takenOver(reportId)}))`)
  const rows = await tx
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        here,
        inArray(events.event, [
          'report.information_added',
          'report.citizen_replied',
          'report.note_added',
          'report.photo_added',
        ]),
        or(told('messageId', parts.messageIds), told('noteId', parts.noteIds), told('fileId', parts.fileIds)),
      ),
    )
    .orderBy(events.id)
  return rows.map(({ id }) => id)
}

type Other = { id: number; code: string; state: ReportState; agencyId: string | null }

/** What the event of the report says of parts that it received or gave away. */
export type Taken = { fromCode: string; parts: Parts; tookOver: number[] }
export type Brought = { parts: Parts; details: { toCode: string; handedOver: number[] } }

/**
 * `brought`: parts that came along with the report, of which it takes back those still there. `picked`: parts chosen by
 * staff, which must have come in since.
 */
type Along = { brought: Parts | undefined; picked: Parts | undefined; since: Date }

/**
 * Moves parts from a report to the one that separates from it. The first gets a separate event, the second records it
 * in the event of the separation. No one can pick parts of a report that they may only read.
 */
export async function takePartsAlong(
  { tx, ctx, report }: Pick<Desk, 'tx' | 'ctx' | 'report'>,
  fromReportId: number,
  { brought = noParts, picked = noParts, since }: Along,
): Promise<Taken | undefined> {
  const own = countOf(brought) === 0 ? noParts : stillThere(brought, await movableParts(tx, fromReportId, null))
  const others = without(picked, own)
  const parts = together(own, others)
  if (countOf(parts) === 0) return undefined
  const [from] = await tx
    .select({ id: reports.id, code: reports.code, state: reports.state, agencyId: reports.agencyId })
    .from(reports)
    .where(and(eq(reports.id, fromReportId), visibleTo(ctx.actor)))
  if (!from) throw new DomainError('not_found')
  if (countOf(others) > 0 && !mayAct(ctx.actor, 'split_report', from.agencyId)) throw new DomainError('forbidden')
  await assertMayGo(tx, from.id, others, since)
  const eventIds = await moveParts(tx, { from: from.id, to: report.id }, parts)
  await recordEvent(
    tx,
    ctx,
    besideEvent('report.parts_handed_over', from, {
      toReportId: report.id,
      toCode: report.code,
      parts,
      handedOver: eventIds,
    }),
  )
  return { fromCode: from.code, parts, tookOver: eventIds }
}

/** Merged again, within a day, into the report it came from, a report brings back the parts it took and still has. */
export async function bringPartsBack({ tx, ctx, report, now }: Desk, into: Other): Promise<Brought | undefined> {
  const split = await lastSplit(tx, report.id)
  if (!bringsBack(split, into.id, now)) return undefined
  const parts = stillThere(split.parts, await movableParts(tx, report.id, null))
  if (countOf(parts) === 0) return undefined
  const eventIds = await moveParts(tx, { from: report.id, to: into.id }, parts)
  const from = { fromReportId: report.id, fromCode: report.code }
  await recordEvent(tx, ctx, besideEvent('report.parts_taken_over', into, { ...from, parts, tookOver: eventIds }))
  return { parts, details: { toCode: into.code, handedOver: eventIds } }
}

const besideEvent = (event: EventName, { id, agencyId, state }: Other, details: EventDetails): EventEntry => ({
  event,
  subject: { kind: 'report', id },
  agencyId,
  from: state,
  to: state,
  details,
})

const noParts: Parts = { messageIds: [], noteIds: [], fileIds: [] }

const together = (some: Parts, others: Parts): Parts => ({
  messageIds: [...some.messageIds, ...others.messageIds],
  noteIds: [...some.noteIds, ...others.noteIds],
  fileIds: [...some.fileIds, ...others.fileIds],
})

const without = ({ messageIds, noteIds, fileIds }: Parts, left: Parts): Parts => ({
  messageIds: messageIds.filter((id) => !left.messageIds.includes(id)),
  noteIds: noteIds.filter((id) => !left.noteIds.includes(id)),
  fileIds: fileIds.filter((id) => !left.fileIds.includes(id)),
})

const stillThere = ({ messageIds, noteIds, fileIds }: Parts, there: ReadonlySet<string>): Parts => {
  const kept = (ids: string[]) => ids.filter((id) => there.has(id))
  return { messageIds: kept(messageIds), noteIds: kept(noteIds), fileIds: kept(fileIds) }
}

/** The last time the report was split from another one, with the parts it took. */
async function lastSplit(tx: Transaction, reportId: number) {
  const [event] = await tx
    .select({ at: events.at, details: events.details })
    .from(events)
    .where(
      and(
        eq(events.reportId, reportId),
        inArray(events.event, ['report.unmerged', 'report.received']),
        sql`${events.details} ? 'parts'`,
      ),
    )
    .orderBy(desc(events.id))
    .limit(1)
  if (!event) return null
  const { fromReportId, parts } = event.details as { fromReportId: number; parts: Parts }
  return { at: event.at, fromReportId, parts }
}
