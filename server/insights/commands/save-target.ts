import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { targets } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { agencyById } from '#server/agencies/queries.ts'
import { type EntryKind, removeVersioned, type Seen, saveVersioned } from '#server/events/commands/save-versioned.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockTarget } from '../queries/targets.ts'
import { maySetTarget, type SaveTarget } from '../rules/target.ts'

const targetsOf = ({ actor }: Context): EntryKind<typeof targets.$inferSelect> => ({
  kind: 'target',
  events: { added: 'target.set', changed: 'target.changed', removed: 'target.removed' },
  table: targets,
  lock: lockTarget,
  assertMay: ({ agencyId }) => {
    if (!maySetTarget(actor, agencyId)) throw new DomainError('forbidden')
  },
  named: () => ({}),
  kept: ({ kpi, agencyId, validFrom, value }) => ({ kpi, agencyId, validFrom, value }),
})

/** Sets a target from a day on (id null) or corrects one. One figure of one agency has one target a day. */
export async function saveTarget(ctx: Context, input: SaveTarget): Promise<Seen> {
  if (!maySetTarget(ctx.actor, input.agencyId)) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    if (input.agencyId !== null) await agencyById(tx, input.agencyId)
    await assertFree(tx, input.id, input)
    return saveVersioned(tx, ctx, targetsOf(ctx), input)
  })
}

export const removeTarget = (ctx: Context, seen: Seen): Promise<{ id: string }> =>
  ctx.db.transaction((tx) => removeVersioned(tx, ctx, targetsOf(ctx), seen))

type Place = Pick<SaveTarget, 'kpi' | 'agencyId' | 'validFrom'>

/** A caller who sets the same target at the same moment waits, and finds it taken. */
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
