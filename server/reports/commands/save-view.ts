import { eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { savedViewPins, savedViews } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, changesFromNothing, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { findSavedView, lockSavedView, pinnedIds, savedViewsOf } from '../queries/saved-views.ts'
import {
  mayChangeView,
  mayShare,
  mostPins,
  type pinsInput,
  type SaveView,
  type savedViewRef,
} from '../rules/saved-views.ts'

type Saved = { id: string; version: number }

/** Saves a queue under a name, or changes a saved one. A new one is pinned for its owner while there is room. */
export async function saveView(ctx: Context, { id, version: seen, ...fields }: SaveView): Promise<Saved> {
  if (!mayShare(ctx.actor, fields)) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    if (seen === 0) return addView(tx, ctx, { id, ...fields })
    const view = await lockSeen(tx, ctx, { id, version: seen })
    const changes = changesBetween(view, fields)
    if (isUnchanged(changes)) return { id, version: view.version }
    const version = view.version + 1
    await tx
      .update(savedViews)
      .set({ ...fields, version, savedAt: ctx.now() })
      .where(eq(savedViews.id, id))
    await recordEvent(tx, ctx, {
      event: 'saved_view.changed',
      subject: { kind: 'saved_view', id },
      version,
      details: { name: view.name, ...changes },
    })
    return { id, version }
  })
}

export async function removeView(ctx: Context, input: z.output<typeof savedViewRef>): Promise<{ id: string }> {
  return ctx.db.transaction(async (tx) => {
    const { id, name, address } = await lockSeen(tx, ctx, input)
    await tx.delete(savedViews).where(eq(savedViews.id, id))
    await recordEvent(tx, ctx, {
      event: 'saved_view.removed',
      subject: { kind: 'saved_view', id },
      details: { name, address: [address, null] },
    })
    return { id }
  })
}

/**
 * Sets which views the account has pinned beside its queue, in this order. Views that it does not have access to are
 * left out.
 */
export async function pinViews(ctx: Context, { ids }: z.output<typeof pinsInput>): Promise<{ ids: string[] }> {
  const { id: accountId } = ctx.actor
  if (accountId === null) throw new DomainError('forbidden')
  const found = new Set((await savedViewsOf(ctx)).map(({ id }) => id))
  const pinned = [...new Set(ids)].filter((id) => found.has(id))
  await ctx.db.transaction(async (tx) => {
    // Two tabs at once: the second waits, and its list counts.
    await tx.execute(sql`select from accounts where id = ${accountId}::uuid for no key update`)
    await tx.delete(savedViewPins).where(eq(savedViewPins.accountId, accountId))
    if (pinned.length === 0) return
    await tx.insert(savedViewPins).values(pinned.map((viewId, position) => ({ accountId, viewId, position })))
  })
  return { ids: pinned }
}

async function addView(tx: Transaction, ctx: Context, fields: Omit<SaveView, 'version'>): Promise<Saved> {
  const ownerId = ctx.actor.id
  if (ownerId === null) throw new DomainError('forbidden')
  const [added] = await tx
    .insert(savedViews)
    .values({ ...fields, ownerId, savedAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ id: savedViews.id, version: savedViews.version })
  if (!added) return theirOwn(tx, ctx, fields.id)
  const pins = await pinnedIds(tx, ownerId)
  if (pins.length < mostPins) {
    await tx.insert(savedViewPins).values({ accountId: ownerId, viewId: added.id, position: pins.length })
  }
  const { id: _, ...said } = fields
  await recordEvent(tx, ctx, {
    event: 'saved_view.added',
    subject: { kind: 'saved_view', id: added.id },
    version: added.version,
    details: changesFromNothing(said),
  })
  return added
}

/** The request came twice: the view is saved already. Throws where another user's view has this id. */
async function theirOwn(tx: Transaction, ctx: Context, id: string): Promise<Saved> {
  const view = await findSavedView(tx, id)
  if (view?.ownerId !== ctx.actor.id) throw new DomainError('not_found', { subject: 'saved_view', id })
  return { id, version: view.version }
}

async function lockSeen(tx: Transaction, ctx: Context, { id, version }: Saved) {
  const view = await lockSavedView(tx, ctx, id)
  if (!mayChangeView(ctx.actor, view)) throw new DomainError('forbidden')
  if (view.version !== version) throw await conflictOver(tx, { kind: 'saved_view', id }, view.version)
  return view
}
