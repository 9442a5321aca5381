import { randomUUID } from 'node:crypto'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { alertPanelOf, buildBulletin, contentOf } from '#db/factories/bulletins.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { buildReport } from '#db/factories/reports.ts'
import { accountRoles, agencies, areas, bulletinAlerts, reportPutOffs, reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import type { CapMessage } from '#server/bulletins/rules/cap.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { createCallerFactory, router } from '#server/procedures/init.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { openStates } from '#server/reports/rules/lifecycle.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import { buildContractCity } from './golden/contract-city.ts'
import { insightsRouter } from './router.ts'
import { parseDrillDown } from './rules/data-point.ts'
import { noBoardFilters } from './rules/filters.ts'
import { type RiskKind, toldKpis } from './rules/today.ts'

const callerOf = createCallerFactory(router({ insights: insightsRouter, reports: reportsRouter }))
const first = { agency: null }
const mornings = ['2026-03-04 07:30', '2026-03-06 07:30', '2026-03-10 07:30', '2026-03-12 15:00'].map(hanoi)

type Office = { ask: (who: string | null, at: Date) => Promise<ReturnType<typeof callerOf>> }

/** The contract city with commitments of its agencies, and many reports about one matter at one place. */
async function openOffice(db: Database): Promise<Office> {
  await buildContractCity(db)
  // The golden log writes its own ids.
  await db.execute(sql`select setval(pg_get_serial_sequence('reports', 'id'), max(id)) from reports`)
  const held = await db
    .select()
    .from(reports)
    .where(inArray(reports.agencyId, ['gl-a', 'gl-b', 'gl-c']))
  for (const [place, day] of ['2026-03-05', '2026-03-06', '2026-03-06', '2026-03-10'].entries()) {
    const ids = held.filter((_, at) => at % 20 === place).map(({ id }) => id)
    await db
      .update(reports)
      .set({ commitmentDueAt: hanoi(`${day} 23:59`) })
      .where(inArray(reports.id, ids))
  }
  const [area] = await db.select().from(areas).limit(1)
  const receivedAt = hanoi('2026-03-09 14:00')
  const one = { receivedAt, recordedAt: receivedAt, areaId: area?.id ?? null }
  // What is usual in these hours is known since twelve weeks.
  const before = { receivedAt: hanoi('2025-12-15 14:00'), answeredAt: hanoi('2025-12-15 16:00') }
  await buildLivedReport(db, { agencyId: 'gl-a', categoryCode: 'GL-01', areaId: area?.id ?? 0, ...before })
  const first = await buildReport(db, one)
  for (let more = 1; more < 14; more += 1) await buildReport(db, { ...one, categoryCode: first.categoryCode })
  const late = {
    categoryCode: 'GL-01',
    areaId: area?.id ?? 0,
    severity: 'urgent',
    receivedAt: hanoi('2026-03-02 08:00'),
  } as const
  for (const agencyId of ['gl-a', 'gl-c', 'gl-c', 'gl-b']) await buildLivedReport(db, { ...late, agencyId })
  // Due on 10 March at nine.
  const soon = { ...late, receivedAt: hanoi('2026-03-06 08:30') }
  for (const agencyId of ['gl-a', 'gl-c']) await buildLivedReport(db, { ...soon, agencyId })
  // B kept all promises of one week, and none of the next.
  const ofB = { ...late, agencyId: 'gl-b', severity: 'normal' } as const
  for (const [received, answered] of [
    ['2026-02-26 08:00', '2026-02-27 09:00'],
    ['2026-03-04 08:00', '2026-03-09 09:00'],
  ] as const)
    for (let more = 0; more < 24; more += 1)
      await buildLivedReport(db, { ...ofB, receivedAt: hanoi(received), answeredAt: hanoi(answered) })
  await sendAlert(db)
  const known = new Map((await db.select().from(agencies)).map((agency) => [agency.id, agency]))
  const actors = new Map<string | null, Awaited<ReturnType<typeof buildActor>>>()
  return {
    async ask(who, at) {
      const role = who === null ? 'manager' : 'approver'
      const actor = actors.get(who) ?? (await buildActor(db, role, who === null ? undefined : known.get(who)))
      if (!actors.has(who)) await putAllOff(db, actor.id, at)
      actors.set(who, actor)
      const session = { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: at }
      return callerOf({ db, now: () => at, requestId: 'r', ip: null, session })
    },
  }
}

async function sendAlert(db: Database): Promise<void> {
  const content = contentOf('Cấm cầu Long Biên', { alert: alertPanelOf() })
  const { id: bulletinId, publishedRevisionId: revisionId } = await buildBulletin(db, { state: 'published', content })
  if (!revisionId) throw new Error('the bulletin was not published')
  const [sentAt, expiresAt] = [hanoi('2026-03-02 09:00'), hanoi('2026-03-20 09:00')]
  const message = { info: [{ severity: 'Severe' }] } as CapMessage
  const kind = { messageType: 'Alert', status: 'Actual' } as const
  await db
    .insert(bulletinAlerts)
    .values({ id: 'cap-1', bulletinId, revisionId, ...kind, sentAt, expiresAt, headline: 'Gió mạnh', message })
}

const everyKind = {
  urgent_overdue: true,
  urgent_today: true,
  alert: true,
  surge: true,
  commitments_broken: true,
  out_of_bounds: true,
  commitments_today: true,
  overdue: true,
  due_today: true,
} satisfies Record<RiskKind, true>

/** What a reader has put off is a risk like everything else. */
async function putAllOff(db: Database, accountId: string, putOffAt: Date): Promise<void> {
  const open = await db
    .select({ reportId: reports.id })
    .from(reports)
    .where(inArray(reports.state, [...openStates]))
  await db
    .insert(reportPutOffs)
    .values(open.map((report) => ({ ...report, accountId, putOffAt, until: hanoi('2026-04-01 08:00') })))
}

const test = base.extend('office', { scope: 'file' }, ({ db }) => openOffice(db))

describe('the page of today', () => {
  test('every risk and figure opens exactly the reports it counts, of the whole city and of an agency', async ({
    db,
    office,
  }) => {
    const kinds = new Set<string>()
    const [{ bulletinId } = { bulletinId: '' }] = await db.select().from(bulletinAlerts)
    for (const at of mornings)
      for (const who of [null, 'gl-a', 'gl-c']) {
        const caller = await office.ask(who, at)
        const today = await caller.insights.today(first)
        expect(today.agency?.id ?? null).toBe(who)
        const { urgent } = today.headline
        const opened = [
          ...today.risks.filter(({ kind }) => kind !== 'alert'),
          ...(urgent ? [{ id: 'headline', ...urgent }] : []),
          ...[today.onTime, ...today.figures].flatMap(({ kpi, href }) =>
            href === null ? [] : [{ id: kpi.id, count: kpi.numerator, href }],
          ),
          ...today.changes.told.flatMap(({ kpi, agency, now, href }) =>
            href === null ? [] : [{ id: kpi, count: agency ? (now.denominator ?? 0) : now.numerator, href }],
          ),
        ]
        for (const { id, count, href } of opened) {
          const queue = parseQueue(Object.fromEntries(new URL(href, 'http://desk').searchParams), 'open')
          const page = await caller.reports.queue({ queue })
          const told = queue.mark === null ? null : await caller.insights.drillDown(queue.mark)
          const rows = told?.reports ?? count
          expect({ at, who, id, count: told?.count ?? count, rows: page.total?.count }).toEqual({
            at,
            who,
            id,
            count,
            rows,
          })
        }
        for (const { kind } of today.risks) kinds.add(kind)
        const [alert, ...others] = today.risks.filter(({ kind }) => kind === 'alert')
        // The alerts are the city's: the head of an agency reads of none.
        expect(alert?.href ?? null).toEqual(who === null ? `/bulletins/${bulletinId}` : null)
        expect(alert?.kind === 'alert' ? alert.severity : null).toBe(who === null ? 'Severe' : null)
        expect(others).toEqual([])
        const urgentOverdue = today.risks.filter(({ kind }) => kind === 'urgent_overdue')
        expect(urgent?.count ?? 0).toBe(urgentOverdue.reduce((sum, { count }) => sum + count, 0))
      }
    expect([...kinds].sort()).toEqual(Object.keys(everyKind).sort())
  })

  test('tells the same to whoever asks again, and nothing of other agencies to the head of one', async ({ office }) => {
    const at = mornings[2] ?? new Date()
    const head = await office.ask('gl-c', at)
    const today = await head.insights.today(first)
    expect(await head.insights.today(first)).toEqual(today)
    const owners = new Set(today.risks.flatMap((risk) => risk.owners.map(({ id }) => id)))
    expect([...owners].filter((id) => id !== 'gl-c')).toEqual([])
  })

  test('tells of the week what its board and its explanation tell', async ({ office }) => {
    for (const who of [null, 'gl-a']) {
      const at = mornings[2] ?? new Date()
      const { insights } = await office.ask(who, at)
      const { week, onTime, figures, changes, risks } = await insights.today(first)
      const filters = { ...noBoardFilters, period: { from: week.from, to: week.to }, agency: who }
      const { header, kpis } = await insights.board(filters)
      for (const { kpi } of [onTime, ...figures]) expect(kpi).toEqual({ ...kpis[kpi.id], spark: [] })
      const asOf = header.asOf
      const { contributions } = await insights.explain({ filters, asOf, kpi: 'on_time', dimension: 'agency' })
      const judged = contributions.filter(({ verdict }) => verdict !== null)
      const tested = toldKpis.filter((id) => kpis[id].verdict !== null)
      expect({ who, weighed: changes.weighed }).toEqual({ who, weighed: judged.length + tested.length })
      const worse = judged
        .filter(({ verdict }) => verdict === 'worse')
        .map(({ key, now, previous }) => [key, now, previous])
      const told = risks.flatMap((risk) =>
        risk.kind === 'out_of_bounds' ? [[risk.owners[0]?.id, risk.now, risk.before]] : [],
      )
      expect(told.sort()).toEqual(worse.sort())
    }
  })

  test('is of the agency that is asked for, where the account leads it, and of no other', async ({ db, office }) => {
    const at = mornings[2] ?? new Date()
    const known = new Map((await db.select().from(agencies)).map((agency) => [agency.id, agency]))
    const twice = await buildActor(db, 'approver', known.get('gl-b'))
    await db.insert(accountRoles).values({ accountId: twice.id, role: 'approver', agencyId: 'gl-a' })
    const actor = await actorOf(db, twice.id, at)
    if (!actor) throw new Error('the account holds nothing')
    const session = { id: randomUUID(), accountId: twice.id, actor, lastSeenAt: at }
    const { insights } = callerOf({ db, now: () => at, requestId: 'r', ip: null, session })
    const [ofA, below] = [await insights.today({ agency: 'gl-a' }), await insights.today({ agency: 'gl-c' })]
    expect([ofA, below].map(({ agency }) => agency?.id)).toEqual(['gl-a', 'gl-c'])
    expect(ofA.choices.map((one) => one?.id).sort()).toEqual(['gl-a', 'gl-b'])
    expect(below.choices.map((one) => one?.id).sort()).toEqual(['gl-a', 'gl-b', 'gl-c'])
    const head = await office.ask('gl-a', at)
    const { choices, ...same } = await head.insights.today(first)
    expect({ ...ofA, choices }).toEqual({ ...same, choices })
    await expect(head.insights.today({ agency: 'gl-b' })).rejects.toThrow('not_found')
    await expect((await office.ask(null, at)).insights.today({ agency: 'gl-none' })).rejects.toThrow('not_found')
  })

  test('counts for a head what the agency is responsible for, as do board, weekly report and explanation; what it coordinates stands beside', async ({
    db,
    office,
  }) => {
    const at = mornings[2] ?? new Date()
    const whatIsOpen = and(eq(reports.agencyId, 'gl-b'), inArray(reports.state, [...openStates]))
    await db
      .update(reports)
      .set({ heldBy: ['gl-b', 'gl-c'] })
      .where(whatIsOpen)
    const { insights } = await office.ask('gl-c', at)
    const today = await insights.today(first)
    const withAgency = { ...noBoardFilters, agency: 'gl-c' }
    const own = await insights.board(noBoardFilters)
    expect(own).toEqual(await insights.board(withAgency))
    expect(own.header.scope).toMatchObject({ isPart: false })
    // Each link of the page leads to a board that says the same.
    for (const { kpi, href } of [today.onTime, ...today.figures]) {
      const { mark } = parseQueue(Object.fromEntries(new URL(href ?? '/', 'http://desk').searchParams), 'open')
      const bound = parseDrillDown(mark ?? '')
      if (!bound) continue
      const board = await insights.board({ ...bound.filters, compare: noBoardFilters.compare })
      expect([kpi.id, board.header.names.agency]).toEqual([kpi.id, today.agency?.name])
      expect({ ...board.kpis[kpi.id], spark: [] }).toEqual(kpi)
    }
    const seen = await insights.board({ ...noBoardFilters, whose: 'seen' })
    const more = (seen.kpis.backlog.value ?? 0) - (own.kpis.backlog.value ?? 0)
    expect(more).toBeGreaterThan(5)
    const [owner] = (await db.select().from(agencies)).filter(({ id }) => id === 'gl-b')
    const named = { id: 'gl-b', name: owner?.name, shortName: owner?.shortName }
    expect(own.coordinated).toEqual(today.coordinated)
    expect(own.coordinated?.count).toBe(more)
    expect(own.coordinated?.owners.map(({ agency }) => agency)).toContainEqual(named)
    expect(own.coordinated?.owners.map(({ agency }) => agency?.id)).not.toContain('gl-c')
    expect(seen.coordinated).toBeNull()
    const question = { edition: 'weekly', from: '2026-03-02', agency: null } as const
    const weekly = await insights.weekly(question)
    expect(weekly.header.names.agency).toBe(today.agency?.name)
    expect(weekly.coordinated?.count).toBe(more)
    expect((await insights.weekly({ ...question, whose: 'seen' })).header.names.agency).toBeNull()
    const asked = { asOf: own.header.asOf, kpi: 'backlog', dimension: 'agency' } as const
    const parts = (await insights.explain({ ...asked, filters: noBoardFilters })).contributions
    expect(parts).toEqual((await insights.explain({ ...asked, filters: withAgency })).contributions)
    expect(await insights.whatIf({ agency: null })).toMatchObject({ agency: { id: 'gl-c' } })
  })

  test('is refused to those who lead nothing', async ({ db }) => {
    const actor = await buildActor(db, 'officer')
    const session = { id: randomUUID(), accountId: actor.id, actor, lastSeenAt: new Date() }
    const caller = callerOf({ db, now: () => new Date(), requestId: 'r', ip: null, session })
    await expect(caller.insights.today(first)).rejects.toThrow('forbidden')
  })
})
