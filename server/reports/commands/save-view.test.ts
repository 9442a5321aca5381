import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { describe, expect, onTestFinished } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildAgency } from '#db/factories/agencies.ts'
import { buildCopies } from '#db/factories/copies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { countOf, mostCounted, savedViewCounts, savedViewsOf } from '../queries/saved-views.ts'
import { parseQueue } from '../rules/queue-address.ts'
import type { SaveView } from '../rules/saved-views.ts'
import { pinViews, removeView, saveView } from './save-view.ts'
import { updateSearch } from './update-search.ts'

const by = (db: Database, actor: Actor) => ({ db, actor, now: () => hanoi('2026-03-02 12:00') })

const viewOf = (fields: Partial<SaveView> = {}): SaveView => ({
  id: randomUUID(),
  version: 0,
  name: 'Cây đổ của phường',
  audience: 'mine',
  agencyId: null,
  role: null,
  address: 'view=open&tag=cay-do',
  layout: null,
  ...fields,
})

async function district(db: Database) {
  const agency = await buildAgency(db)
  const below = await buildAgency(db, { parentId: agency.id })
  return {
    agency,
    approver: await buildActor(db, 'approver', agency),
    officer: await buildActor(db, 'officer', below),
    stranger: await buildActor(db, 'officer', await buildAgency(db)),
  }
}

const namesFor = async (db: Database, actor: Actor) => (await savedViewsOf(by(db, actor))).map(({ name }) => name)

describe('a saved view', () => {
  test('of one’s own is seen, changed and removed only by its owner', async ({ db }) => {
    const { approver, officer } = await district(db)
    const view = viewOf()
    await saveView(by(db, officer), view)
    expect(await namesFor(db, officer)).toEqual([view.name])
    expect(await namesFor(db, approver)).toEqual([])
    const changed = { ...view, version: 1, name: 'Của tôi' }
    await expect(saveView(by(db, approver), changed)).rejects.toThrow('not_found')
    await expect(removeView(by(db, approver), { id: view.id, version: 1 })).rejects.toThrow('not_found')
    expect(await saveView(by(db, officer), changed)).toEqual({ id: view.id, version: 2 })
    await removeView(by(db, officer), { id: view.id, version: 2 })
    expect(await namesFor(db, officer)).toEqual([])
  })

  test('shared with an agency is available there and below, and changed by those who lead that agency', async ({
    db,
  }) => {
    const { agency, approver, officer, stranger } = await district(db)
    const view = viewOf({ audience: 'agency', agencyId: agency.id })
    await expect(saveView(by(db, officer), view)).rejects.toThrow('forbidden')
    await saveView(by(db, approver), view)
    expect([await namesFor(db, officer), await namesFor(db, stranger)]).toEqual([[view.name], []])
    await expect(saveView(by(db, officer), { ...view, version: 1, audience: 'mine', agencyId: null })).rejects.toThrow(
      'forbidden',
    )
    const head = await buildActor(db, 'manager', agency)
    expect(await saveView(by(db, head), { ...view, version: 1, name: 'Cây đổ' })).toMatchObject({ version: 2 })
    const refusal = await saveView(by(db, approver), { ...view, version: 1 }).catch((error) => error)
    expect(refusal).toMatchObject({ code: 'conflict', details: { by: head.name } })
  })

  test('for a role is shared by those who lead the city’s work, and available only to holders of the role', async ({
    db,
  }) => {
    const { approver, officer } = await district(db)
    const dispatcher = await buildActor(db, 'dispatcher')
    const auditor = await buildActor(db, 'auditor')
    const view = viewOf({ audience: 'role', role: 'auditor' })
    await expect(saveView(by(db, approver), view)).rejects.toThrow('forbidden')
    await saveView(by(db, dispatcher), view)
    expect([await namesFor(db, auditor), await namesFor(db, officer)]).toEqual([[view.name], []])
  })

  test('requested twice is saved once, and no one takes over another’s by its id', async ({ db }) => {
    const { officer, stranger } = await district(db)
    const view = viewOf()
    expect(await saveView(by(db, officer), view)).toEqual(await saveView(by(db, officer), view))
    expect(await namesFor(db, officer)).toEqual([view.name])
    await expect(saveView(by(db, stranger), view)).rejects.toThrow('not_found')
  })

  test('counts for each reader what they may see, as long as it is pinned', async ({ db }) => {
    const { agency, approver, stranger, officer } = await district(db)
    const fields = { state: 'in_progress' as const, tags: ['cay-do'] }
    for (const heldBy of [agency.id, agency.id, stranger.grants[0]?.agencyId ?? '']) {
      await buildReport(db, { ...fields, agencyId: heldBy, heldBy: [heldBy] })
    }
    await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    const view = viewOf({ audience: 'agency', agencyId: agency.id })
    await saveView(by(db, approver), view)
    expect((await savedViewCounts(by(db, approver))).counts).toEqual({ [view.id]: 2 })
    expect((await savedViewCounts(by(db, officer))).counts).toEqual({})
    await pinViews(by(db, officer), { ids: [view.id, randomUUID()] })
    expect((await savedViewCounts(by(db, officer))).counts).toEqual({ [view.id]: 0 })
    await pinViews(by(db, stranger), { ids: [view.id] })
    expect((await savedViewCounts(by(db, stranger))).counts).toEqual({})
    await pinViews(by(db, officer), { ids: [] })
    expect((await savedViewsOf(by(db, officer))).map(({ pin }) => pin)).toEqual([null])
  })

  test('is pinned by two tabs at once without one of them failing', async ({ db }) => {
    const { approver } = await district(db)
    const views = [viewOf(), viewOf()]
    for (const view of views) await saveView(by(db, approver), view)
    const ids = views.map(({ id }) => id)
    await Promise.all(Array.from({ length: 8 }, () => pinViews(by(db, approver), { ids })))
    const pins = (await savedViewsOf(by(db, approver))).map(({ id, pin }) => [id, pin])
    expect(Object.fromEntries(pins)).toEqual(Object.fromEntries(ids.map((id, position) => [id, position])))
  })

  test('counts the results of a search, too', async ({ db }) => {
    const { agency, approver } = await district(db)
    const held = { state: 'in_progress' as const, agencyId: agency.id, heldBy: [agency.id] }
    const found = await buildReport(db, { ...held, title: 'Cây phượng nghiêng' })
    await db.transaction((tx) => updateSearch(tx, [found.id]))
    await buildReport(db, { ...held, title: 'Đèn đường hỏng' })
    const view = viewOf({ address: 'view=open&q=cay+phuong' })
    await saveView(by(db, approver), view)
    expect((await savedViewCounts(by(db, approver))).counts).toEqual({ [view.id]: 1 })
  })
})

describe('counting', () => {
  test('a list without bounds reads no more reports than its limit', async ({ db }) => {
    const manager = await buildActor(db, 'manager')
    const report = await buildReport(db, { state: 'closed' })
    for (let i = 0; i < 3; i++) await buildCopies(db, report, 1000)
    await db.execute(sql`analyze reports`)
    const queue = parseQueue({ view: 'all' }, 'open')
    const rows = await db.execute<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      sql`explain (analyze, format json) ${await countOf(by(db, manager), queue, hanoi('2026-03-02 12:00'))}`,
    )
    const nodes = rows.flatMap((row) => row['QUERY PLAN']).flatMap(({ Plan: plan }) => nodesOf(plan))
    expect(Math.max(...nodes.map(rowsRead))).toBe(mostCounted)
  })

  test('skips a view that takes too long: that one has no number', async ({ db, databaseUrl }) => {
    const { approver } = await district(db)
    const [quick, slow] = [viewOf({ address: 'view=all' }), viewOf({ address: 'view=all&category=CX' })]
    for (const view of [quick, slow]) await saveView(by(db, approver), view)
    const other = connect(databaseUrl, { max: 1 })
    onTestFinished(() => other.close())
    await other.db.transaction(async (tx) => {
      await tx.execute(sql`lock table categories in access exclusive mode`)
      expect((await savedViewCounts(by(db, approver))).counts).toEqual({ [quick.id]: 0 })
    })
    expect((await savedViewCounts(by(db, approver))).counts).toEqual({ [quick.id]: 0, [slow.id]: 0 })
  })
})

type PlanNode = { 'Actual Rows': number; 'Actual Loops': number; 'Rows Removed by Filter'?: number; Plans?: PlanNode[] }
const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
const rowsRead = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
