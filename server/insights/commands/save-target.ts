import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { targets } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockTarget } from '../queries/targets.ts'
import { maySetTarget, type SaveTarget } from '../rules/target.ts'

type Saved = { id: string; version: number }

/** Sets a target from a day on (id null) or puts one right. One figure of one agency has one target a day. */
export async function saveTarget(ctx: Context, { id, version: seen, ...fields }: SaveTarget): Promise<Saved> {
  if (!maySetTarget(ctx.actor, fields.agencyId)) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    if (fields.agencyId !== null) await agencyById(tx, fields.agencyId)
    await assertFree(tx, id, fields)
    if (id === null) {
      const [added] = await tx.insert(targets).values(fields).returning({ id: targets.id })
      if (!added) throw new Error('no target was written')
      const subject = { kind: 'target', id: added.id } as const
      await recordEvent(tx, ctx, { event: 'target.set', subject, version: 1, details: changesFromNothing(fields) })
      return { id: added.id, version: 1 }
    }
    const target = await lockTarget(tx, id)
    if (!maySetTarget(ctx.actor, target.agencyId)) throw new DomainError('forbidden')
    const subject = { kind: 'target', id } as const
    if (target.version !== seen) throw await conflictOver(tx, subject, target.version)
    const changes = changesBetween(target, fields)
    if (isUnchanged(changes)) return { id, version: target.version }
    const version = target.version + 1
    await tx
      .update(targets)
      .set({ ...fields, version })
      .where(eq(targets.id, id))
    await recordEvent(tx, ctx, { event: 'target.changed', subject, version, details: changes })
    return { id, version }
  })
}

export async function removeTarget(ctx: Context, { id, version }: Saved): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const target = await lockTarget(tx, id)
    if (!maySetTarget(ctx.actor, target.agencyId)) throw new DomainError('forbidden')
    const subject = { kind: 'target', id } as const
    if (target.version !== version) throw await conflictOver(tx, subject, target.version)
    await tx.delete(targets).where(eq(targets.id, id))
    const { kpi, agencyId, validFrom, value } = target
    await recordEvent(tx, ctx, { event: 'target.removed', subject, details: { kpi, agencyId, validFrom, value } })
    return { id }
  })
}

type Place = Pick<SaveTarget, 'kpi' | 'agencyId' | 'validFrom'>

/** Whoever sets the same at the same moment waits, and finds it taken. */
async function assertFree(tx: Transaction, id: string | null, { kpi, agencyId, validFrom }: Place): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('targets'))`)
  const [taken] = await tx
    .select({ id: targets.id })
    .from(targets)
    .where(
      and(
        eq(targets.kpi, kpi),
        agencyId === null ? isNull(targets.agencyId) : eq(targets.agencyId, agencyId),
        eq(targets.validFrom, validFrom),
        id === null ? undefined : ne(targets.id, id),
      ),
    )
  if (taken) throw new DomainError('target_taken')
}
