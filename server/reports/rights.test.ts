import { randomUUID } from 'node:crypto'
import { TRPCError } from '@trpc/server'
import { asc, gt, max } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { type ReadyCase, readyReports } from '#db/factories/ready-reports.ts'
import { events } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { type Actor, holds, type Role, roles } from '#server/accounts/rules/actor.ts'
import { mayUse, type Permission } from '#server/accounts/rules/permissions.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { DomainError } from '#server/platform/errors.ts'
import { createCallerFactory } from '#server/procedures/init.ts'
import { appRouter } from '#server/trpc/root.ts'
import { mayAct, mayMove } from './rules/policy.ts'
import { isVisible } from './rules/scope.ts'

const now = hanoi('2026-03-02 14:00')
const callerOf = createCallerFactory(appRouter)

/** Where the actor's role is held, and where the report is. */
const placements = ['own', 'below', 'held_before', 'foreign', 'unassigned', 'city_wide'] as const
type Placement = (typeof placements)[number]

const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: string; meta?: { permission?: Permission } } }
>
const changes = Object.keys(procedures)
  .filter((path) => path.startsWith('reports.') && procedures[path]?._def.type === 'mutation')
  .map((path) => path.slice('reports.'.length))

type City = { ward: BuiltAgency; depot: BuiltAgency; other: BuiltAgency; actors: Map<string, Actor> }

async function buildScene(db: Database): Promise<City> {
  const city = await buildCity(db)
  const ward = await buildAgency(db)
  const depot = await buildAgency(db, { parentId: ward.id })
  const other = await buildAgency(db)
  const actors = new Map<string, Actor>()
  for (const role of roles) {
    actors.set(`${role} ward`, await buildActor(db, role, ward))
    actors.set(`${role} city`, await buildActor(db, role, city))
    actors.set(`substitute ${role} ward`, await buildStandIn(db, actors.get(`${role} ward`) as Actor, ward))
    actors.set(`substitute ${role} city`, await buildStandIn(db, actors.get(`${role} city`) as Actor, city))
  }
  return { ward, depot, other, actors }
}

/** An account without roles that is the substitute of a colleague. */
async function buildStandIn(db: Database, { id, name, grants }: Actor, agency: BuiltAgency): Promise<Actor> {
  const { actor } = await buildAccount(db, { agency, roles: [] })
  return { ...actor, grants: grants.map((grant) => ({ ...grant, substituteFor: { id: id ?? '', name } })) }
}

/** Each role as one's own, and by substitution: it may do the same, and the log names both. */
const holdings = roles.flatMap((role) => [role, `substitute ${role}` as const])

function standOf(placement: Placement, { ward, depot, other }: City): { agency: BuiltAgency | null; heldBy: string[] } {
  switch (placement) {
    case 'own':
      return { agency: ward, heldBy: [ward.id] }
    case 'below':
      return { agency: depot, heldBy: [depot.id] }
    case 'held_before':
      return { agency: other, heldBy: [ward.id, other.id] }
    case 'unassigned':
      return { agency: null, heldBy: [] }
    default:
      return { agency: other, heldBy: [other.id] }
  }
}

/**
 * The outcome that the policy implies for this actor and this report: first the endpoint's permission, then the scope,
 * then the right.
 */
function expected(
  actor: Actor,
  { by, reservedFor }: ReadyCase,
  path: string,
  report: Parameters<typeof mayMove>[2],
  heldBy: string[],
) {
  const permission = procedures[`reports.${path}`]?._def.meta?.permission
  if (!permission || !mayUse(actor, permission)) return 'forbidden'
  if (!isVisible(actor, { agencyId: report.agencyId, heldBy })) return 'not_found'
  const may = 'move' in by ? mayMove(actor, by.move, report) : mayAct(actor, by.act, report.agencyId)
  if (!may) return 'forbidden'
  return reservedFor && !holds(actor, reservedFor.role, report.agencyId) ? reservedFor.refusalReason : 'done'
}

async function call(db: Database, actor: Actor, path: string, input: unknown): Promise<string> {
  const session = { id: randomUUID(), accountId: actor.id ?? '', actor, lastSeenAt: now }
  const caller = callerOf({ db, now: () => now, requestId: 'request-1', ip: '203.0.113.7', session })
  const procedure = (caller.reports as unknown as Record<string, (input: unknown) => Promise<unknown>>)[path]
  try {
    await procedure?.(input)
    return 'done'
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof DomainError) return error.cause.code
    throw error
  }
}

async function eventsAfter(db: Database, id: number) {
  return db.select().from(events).where(gt(events.id, id)).orderBy(asc(events.id))
}

async function lastEventId(db: Database): Promise<number> {
  const [last] = await db.select({ id: max(events.id) }).from(events)
  return last?.id ?? 0
}

/** The observed outcomes of each change. */
const tally = new Map<string, Set<string>>()

let scene: City | undefined
const theScene = async (db: Database) => (scene ??= await buildScene(db))

/**
 * These do not refer to a report, or not by a role but by what the actor has decided; their tests are in
 * `receive-report.test.ts`, `find-by-phone.test.ts` and `take-back.test.ts`.
 */
const notByRole = ['receive', 'findByPhone', 'takeBack']

test('every change that the router offers has its row in the matrix', () => {
  expect(changes.filter((path) => !notByRole.includes(path)).sort()).toEqual(Object.keys(readyReports).sort())
})

describe.each(Object.entries(readyReports))('%s', (path, ready) => {
  const needsAgency = !['assign', 'reject'].includes(path)
  const stands = placements.filter((placement) => !needsAgency || placement !== 'unassigned')

  test.for(stands)('of a report in the position: %s', async (placement, { db }) => {
    const city = await theScene(db)
    const { agency, heldBy } = standOf(placement, city)
    const officer = await buildActor(db, 'officer', agency ?? city.ward)
    const build = () => ready.build(db, { agency: needsAgency ? agency : null, heldBy, officer, now })
    let fresh = await build()
    for (const holding of holdings) {
      const actor = city.actors.get(`${holding} ${placement === 'city_wide' ? 'city' : 'ward'}`) as Actor
      const { report, input } = fresh
      const before = await lastEventId(db)
      const version = ready.versioned === false ? {} : { version: report.version }
      const outcome = await call(db, actor, path, { ...input, reportId: report.id, ...version })
      expect([holding, outcome]).toEqual([holding, expected(actor, ready, path, report, report.heldBy)])
      tally.set(path, (tally.get(path) ?? new Set()).add(outcome))
      const written = await eventsAfter(db, before)
      if (outcome === 'done') {
        const onBehalfOf = actor.grants[0]?.substituteFor?.id ?? null
        const own = written.filter(({ reportId }) => reportId === report.id)
        expect(own).toMatchObject([{ actorId: actor.id, onBehalfOf, requestId: 'request-1' }])
        // Where a second report is touched, it has a separate event.
        expect(new Set(written.map(({ reportId }) => reportId)).size).toBe(written.length)
        fresh = await build()
      } else expect(written).toEqual([])
    }
  })
})

describe('a new report for a citizen', () => {
  test.for(roles)('entered by a %s', async (role, { db }) => {
    const { actors } = await theScene(db)
    const actor = actors.get(`${role} ward`) as Actor
    const { code } = await buildCategory(db)
    const before = await lastEventId(db)
    const input = {
      key: randomUUID(),
      channel: 'hotline',
      title: 'Mất nắp cống',
      body: 'Trước cổng trường, rất nguy hiểm',
      categoryCode: code,
      reporter: { name: 'Lê Thị Lan', phone: '0951234567' },
    }
    const allowed: Role[] = ['dispatcher', 'officer', 'approver']
    expect(await call(db, actor, 'receive', input)).toBe(allowed.includes(role) ? 'done' : 'forbidden')
    const written = await eventsAfter(db, before)
    expect(written.map(({ event }) => event)).toEqual(allowed.includes(role) ? ['report.received'] : [])
  })
})

test('every change was refused to some actors and made by others', () => {
  expect(tally.size).toBe(Object.keys(readyReports).length)
  for (const [path, outcomes] of tally) {
    const reserved = readyReports[path]?.reservedFor?.refusalReason ?? []
    expect([path, [...outcomes].sort()]).toEqual([path, ['done', 'forbidden', 'not_found'].concat(reserved)])
  }
})
