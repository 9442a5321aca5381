import { eq } from 'drizzle-orm'
import { agencies } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { type ChangeAgency, type CreateAgency, levelOf } from '#server/agencies/rules/agency.ts'
import { refusalReasonForPlace } from '#server/agencies/rules/tree.ts'
import { recordEvent } from '#server/events/commands.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { assertCalendar, changeTree, seenAgency } from './lock-agencies.ts'

type Saved = { id: string; version: number }

export async function createAgency(ctx: Context, { id, fields }: CreateAgency): Promise<Saved> {
  return changeTree(ctx, async (tx, tree) => {
    const known = tree.get(id)
    if (known) throw new DomainError('agency_code_taken', { name: known.name })
    const refusalReason = refusalReasonForPlace(null, fields.parentId, tree, localDayOf(ctx.now()))
    if (refusalReason) throw new DomainError(refusalReason)
    await assertCalendar(tx, fields.calendarId)
    await tx.insert(agencies).values({ id, ...fields, level: levelOf(fields.kind) })
    await recordEvent(tx, ctx, {
      event: 'agency.created',
      subject: { kind: 'agency', id },
      agencyId: id,
      version: 1,
      details: changesFromNothing(fields),
    })
    return { id, version: 1 }
  })
}

/**
 * Changes names, place in the tree and calendar. Accounts of agencies above it can read and approve from the next
 * request on; running clocks keep the calendar they began with.
 */
export async function changeAgency(ctx: Context, { id, version: seen, fields }: ChangeAgency): Promise<Saved> {
  return changeTree(ctx, async (tx, tree) => {
    const agency = await seenAgency(tx, tree, { id, version: seen })
    const refusalReason = refusalReasonForPlace(id, fields.parentId, tree, localDayOf(ctx.now()))
    if (refusalReason) throw new DomainError(refusalReason)
    if (fields.validFrom !== null && agency.validTo !== null && agency.validTo < fields.validFrom) {
      throw new DomainError('ends_before_it_begins')
    }
    if (fields.calendarId !== agency.calendarId) await assertCalendar(tx, fields.calendarId)
    const changes = changesBetween<object>(agency, fields)
    if (isUnchanged(changes)) return { id, version: agency.version }
    const version = agency.version + 1
    await tx
      .update(agencies)
      .set({ ...fields, level: levelOf(fields.kind, agency.level), version })
      .where(eq(agencies.id, id))
    await recordEvent(tx, ctx, {
      event: 'agency.changed',
      subject: { kind: 'agency', id },
      agencyId: id,
      version,
      details: changes,
    })
    return { id, version }
  })
}
