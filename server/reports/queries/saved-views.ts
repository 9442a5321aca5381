import { asc, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { accounts, agencies, savedViewPins, savedViews } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { agenciesBelow, listAgencies } from '#server/agencies/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import type { Queue } from '../rules/queue.ts'
import { firstViewFor, viewsFor } from '../rules/queue.ts'
import { parseQueue } from '../rules/queue-address.ts'
import {
  mayChangeView,
  mayShare,
  type SavedLayout,
  seesView,
  type ViewAudience,
  type ViewRole,
  viewRoles,
} from '../rules/saved-views.ts'
import { casesOf } from './exported-cases.ts'
import { findsAny } from './search.ts'

/** A pinned list is counted up to this number; beyond, the sidebar of the queue says "999+". */
export const mostCounted = 1000
/**
 * A filter that matches almost nothing in an unbounded list could scan every report: the count is cancelled after this
 * time.
 */
const longestCount = sql.raw("set local statement_timeout = '1s'")

export type SavedView = {
  id: string
  name: string
  audience: ViewAudience
  agency: { id: string; name: string } | null
  role: ViewRole | null
  owner: { id: string; name: string }
  address: string
  layout: SavedLayout | null
  version: number
  isMine: boolean
  mayChange: boolean
  /** The position in the sidebar of the queue; null where it is not pinned. */
  pin: number | null
}

/**
 * The saved views available to an account: its own, and those shared with its agencies and roles, in Vietnamese order.
 */
export async function savedViewsOf({ db, actor }: Context): Promise<SavedView[]> {
  const rows = await db
    .select({ view: savedViews, agencyName: agencies.shortName, ownerName: accounts.name, pin: savedViewPins.position })
    .from(savedViews)
    .innerJoin(accounts, eq(accounts.id, savedViews.ownerId))
    .leftJoin(agencies, eq(agencies.id, savedViews.agencyId))
    .leftJoin(
      savedViewPins,
      sql`${savedViewPins.viewId} = ${savedViews.id} and ${savedViewPins.accountId} = ${actor.id}::uuid`,
    )
    .where(or(eq(savedViews.ownerId, actor.id ?? sql`null`), ne(savedViews.audience, 'mine')))
    .orderBy(sql`${savedViews.name} collate "vi-x-icu"`, asc(savedViews.id))
  const parents = rows.some(({ view }) => view.agencyId !== null) ? await parentsOf(db) : new Map()
  return rows
    .filter(({ view }) => seesView(actor, view, isBelow(actor, view.agencyId, parents)))
    .map(({ view, agencyName, ownerName, pin }) => ({
      id: view.id,
      name: view.name,
      audience: view.audience,
      agency: view.agencyId === null ? null : { id: view.agencyId, name: agencyName ?? view.agencyId },
      role: view.role,
      owner: { id: view.ownerId, name: ownerName },
      address: view.address,
      layout: view.layout,
      version: view.version,
      isMine: view.ownerId === actor.id,
      mayChange: mayChangeView(actor, view),
      pin,
    }))
}

type Parents = ReadonlyMap<string, string | null>

async function parentsOf(db: Connection): Promise<Parents> {
  return new Map((await listAgencies(db)).map(({ id, parentId }) => [id, parentId]))
}

/** Whether one of the actor's agencies is this one or below it. */
function isBelow(actor: Actor, agencyId: string | null, parents: Parents): boolean {
  const leadsThere = (id: string | null): boolean =>
    id !== null && (id === agencyId || leadsThere(parents.get(id) ?? null))
  return agencyId !== null && actor.grants.some((grant) => leadsThere(grant.agencyId))
}

/** With whom the account may share a view: agencies by id, and roles. */
export async function viewAudiencesOf({ db, actor }: Context) {
  const reach = [...new Set(actor.grants.map(({ agencyId }) => agencyId))]
  const below = new Set(await agenciesBelow(db, reach))
  return {
    agencies: (await listAgencies(db))
      .filter(({ id }) => below.has(id) && mayShare(actor, { audience: 'agency', agencyId: id, role: null }))
      .map(({ id, shortName }) => ({ id, name: shortName })),
    roles: viewRoles.filter((role) => mayShare(actor, { audience: 'role', agencyId: null, role })),
  }
}

/**
 * How many reports each pinned view has, within what the account may see. A view that takes too long to count has no
 * number.
 */
export async function savedViewCounts(ctx: Context): Promise<{ asOf: Date; counts: Record<string, number> }> {
  const now = ctx.now()
  const offered = viewsFor(ctx.actor)
  const pinned = (await savedViewsOf(ctx)).filter(({ pin }) => pin !== null)
  const queues = pinned
    .map(({ id, address }) => ({ id, queue: queueAt(ctx, address) }))
    .filter(({ queue }) => offered.includes(queue.view))
  if (queues.length === 0) return { asOf: now, counts: {} }
  const columns: SQL[] = []
  // One after the other: many at once would take all database connections of the process for the sidebar of one queue.
  for (const { id, queue } of queues) {
    const count = await unlessTooLong(countOf(ctx, queue, now))
    if (count) columns.push(sql`(${count}) as ${sql.identifier(id)}`)
  }
  return { asOf: now, counts: await countTogether(ctx.db, columns) }
}

type Counts = Record<string, number>

/** Counts all in one statement; where that takes too long, one by one, so that a slow view only delays the others. */
async function countTogether(db: Connection, columns: readonly SQL[]): Promise<Counts> {
  if (columns.length === 0) return {}
  const statement = sql`select ${sql.join([...columns], sql`, `)}`
  const counted = await unlessTooLong(inTime(db, (tx) => tx.execute<Counts>(statement)))
  if (counted) return { ...counted[0] }
  if (columns.length === 1) return {}
  let counts: Counts = {}
  for (const column of columns) counts = { ...counts, ...(await countTogether(db, [column])) }
  return counts
}

const inTime = <Answer>(db: Connection, ask: (tx: Transaction) => Promise<Answer>): Promise<Answer> =>
  db.transaction(
    async (tx) => {
      await tx.execute(longestCount)
      return ask(tx)
    },
    { accessMode: 'read only' },
  )

async function unlessTooLong<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking
  } catch (error) {
    if (tookTooLong(error)) return undefined
    throw error
  }
}

/** The PostgreSQL error of a cancelled statement. */
function tookTooLong(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return code === '57014' || (cause instanceof Error && tookTooLong(cause))
}

/** The queue of an address, for this reader: an address carries no rights. */
function queueAt({ actor }: Context, address: string): Queue {
  return parseQueue(parametersOf(new URLSearchParams(address)), firstViewFor(actor))
}

export async function countOf(ctx: Context, queue: Queue, now: Date): Promise<SQL> {
  // Finding out in which mode the search has results has the same time limit.
  const isAny = (found: SQL) => inTime(ctx.db, (tx) => findsAny(tx, found))
  const cases = await casesOf({ ...ctx, now: () => now }, queue, { isAny })
  return sql`select count(*)::int from (
    select 1 from reports where ${cases} limit ${sql.raw(String(mostCounted))}) as counted`
}

export async function findSavedView(db: Connection, id: string) {
  const [view] = await db.select().from(savedViews).where(eq(savedViews.id, id))
  return view
}

/** Locks the view for a change. A view that the account has no access to is not found. */
export async function lockSavedView(tx: Transaction, { actor }: Context, id: string) {
  const [view] = await tx.select().from(savedViews).where(eq(savedViews.id, id)).for('update')
  const isFound = view && seesView(actor, view, isBelow(actor, view.agencyId, await parentsOf(tx)))
  if (!view || !(isFound || mayChangeView(actor, view))) {
    throw new DomainError('not_found', { subject: 'saved_view', id })
  }
  return view
}

export async function pinnedIds(db: Connection, accountId: string): Promise<string[]> {
  const pins = await db
    .select({ viewId: savedViewPins.viewId })
    .from(savedViewPins)
    .where(eq(savedViewPins.accountId, accountId))
    .orderBy(asc(savedViewPins.position))
  return pins.map(({ viewId }) => viewId)
}
