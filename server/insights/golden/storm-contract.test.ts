import { parse } from 'csv-parse/sync'
import { eq, inArray, isNull, sql } from 'drizzle-orm'
import readWorkbook from 'read-excel-file/node'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { incidents, reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { aheadOfUtc, startOfDay } from '#server/platform/rules/local-day.ts'
import { createCallerFactory, router } from '#server/procedures/init.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { readStorm } from '../queries/storm.ts'
import { insightsRouter } from '../router.ts'
import type { Storm } from '../rules/board.ts'
import type { DataPointCell } from '../rules/data-point.ts'
import { stormFilters } from '../rules/storm.ts'
import { type StormCard, stormCards, stormExportForm } from '../rules/storm-export.ts'
import {
  marksOfStormCard,
  partMarks,
  partOfArea,
  partOfKind,
  type StormMark,
  stormFigureMarks,
  stormPartMarks,
} from '../rules/storm-marks.ts'
import { isGoingOn, stepsIn } from '../rules/storm-steps.ts'
import { boardFile } from '../sheets/board-file.ts'
import { stormSheets } from '../sheets/storm-sheets.ts'
import { buildContractCity } from './contract-city.ts'
import { openDoors, signIn } from './doors.ts'
import { Opened, readLists, readMark } from './opened.ts'
import { shownTo } from './shown-words.ts'

const minutesPerCalendarDay = 1440
const callerOf = createCallerFactory(router({ insights: insightsRouter, reports: reportsRouter }))

/** A storm that is over, and a flood that goes on, some of whose reports were entered hours after they happened. */
async function openOffice(db: Database) {
  let flood = ''
  const { incidentId: storm } = await buildContractCity(db, async ({ incidentId, idsOf }) => {
    flood = (await buildIncident(db, { name: 'Ngập' })).id
    await db.update(reports).set({ incidentId: flood }).where(isNull(reports.incidentId))
    await db
      .update(incidents)
      .set({ endsAt: hanoi('2026-03-12 00:00') })
      .where(eq(incidents.id, incidentId))
    const late = inArray(reports.id, [...(idsOf.get('k01') ?? [])])
    await db.update(reports).set({ occurredAt: sql`received_at - interval '3 hours'` }).where(late)
  })
  const askerOf = async (agency?: string) => {
    const context = await signIn(db, agency)
    return { caller: callerOf(context), context }
  }
  return { incidents: { storm, flood }, city: await askerOf(), a: await askerOf('gl-a'), c: await askerOf('gl-c') }
}

const test = base.extend('office', { scope: 'file' }, ({ db }) => openOffice(db))
const { letIn, take } = openDoors()
const counts = { marks: 0, lists: 0, cards: new Map<StormCard, number>() }

/** Steps and cells without reports are not counted one by one: the others sum to all. */
const isEmptyStep = ({ dataPoint: { by }, count }: StormMark) => count === 0 && Boolean(by?.happened ?? by?.ended)

const questions = [
  ['flood', 'city', null],
  ['flood', 'a', null],
  ['storm', 'city', null],
  ['storm', 'a', null],
  ['flood', 'c', null],
  // In the middle of what the log learned later.
  ['flood', 'city', '2026-03-11 15:20'],
] as const

test.for(questions)(
  'each mark of the %s as read by %s (at %s) is the number of the queue, of its rows and of the files',
  { timeout: 120_000 },
  async ([which, who, at], { office }) => {
    const { caller, context } = office[who]
    letIn(context)
    const id = office.incidents[which]
    const storm = at ? await readStorm(context, id, hanoi(at)) : await caller.insights.storm(id)
    expect(isGoingOn(storm)).toBe(which === 'flood')
    const scope = { all: storm.isWholeCity, isPart: !storm.isWholeCity }
    const shown = shownTo(minutesPerCalendarDay)
    const opened = new Opened({ caller }, { filters: stormFilters(storm), asOf: storm.asOf, scope }, shown, take)
    for (const card of stormCards) {
      const marks = marksOfStormCard[card](storm)
      counts.cards.set(card, (counts.cards.get(card) ?? 0) + marks.length)
      counts.marks += marks.length
      for (const mark of marks) if (!isEmptyStep(mark)) await readMark(card, mark, opened, shown)
      counts.lists += await readLists(marks, opened, counts.lists)
    }
    await readSums(storm, opened)
    await readFiles(storm)
  },
)

/** Whatever the course or the grid is narrowed to, its steps sum to what the queue counts without them. */
async function readSums(storm: Storm, opened: Opened): Promise<void> {
  const cells = new Map<string, DataPointCell>()
  for (const { dataPoint } of marksOfStormCard['storm-course'](storm)) {
    const { happened: _, ended: __, ...cell } = dataPoint.by ?? {}
    cells.set(JSON.stringify(cell), cell)
  }
  for (const cell of cells.values()) {
    const under = (measure: 'received' | 'ended') => opened.of({ measure, by: cell })
    const part = { kind: cell.category ?? null, area: cell.area ?? null }
    const all = [(await under('received')).count, (await under('ended')).count]
    for (const chart of ['hour', 'day', 'map', 'grid'] as const) {
      const steps = stepsIn(storm, chart, part)
      const sums = [
        steps.reduce((sum, { count }) => sum + count, 0),
        steps.reduce((sum, { closed }) => sum + closed, 0),
      ]
      expect([chart, cell, sums]).toEqual([chart, cell, all])
    }
  }
}

type Table = readonly (readonly unknown[])[]

/** The files of the page hold the numbers of its marks. */
async function readFiles(storm: Storm): Promise<void> {
  const form = stormExportForm({ storm: storm.incident.id, card: null, format: 'xlsx', asOf: storm.asOf }, 'vi')
  const tabs = await readWorkbook(await take('/api/insights/export', form))
  expect(tabs).toHaveLength(stormCards.length + 1)
  for (const [place, card] of stormCards.entries()) {
    const csv = String(await boardFile(stormSheets(storm, card, 'vi'), 'csv', 'vi'))
    for (const table of [parse(csv, { bom: true }) as string[][], tabs[place]?.data ?? []])
      readTable[card](storm, table as Table)
  }
}

const cellsOf = (table: Table, from: number, to: number) =>
  table.slice(1).map((row) => row.slice(from, to).map((cell) => Number(cell)))

/** A workbook has the time of Hanoi's clocks, as a fraction of days that is read back a millisecond off. */
const instantOf = (cell: unknown): number =>
  cell instanceof Date ? Math.round(cell.getTime() / 1000) * 1000 - aheadOfUtc : Date.parse(String(cell))

const rowsOfParts = (rows: readonly ReturnType<typeof partMarks>[]) =>
  rows.map(({ total, open, handled }) => [total.count, open.count, handled.count])

const readTable: Record<StormCard, (storm: Storm, table: Table) => void> = {
  'storm-figures': (storm, table) => {
    const { total, merged, open, urgent, overdue, safe, busiest, lastHour, hourBefore, handled } =
      stormFigureMarks(storm)
    const minutes = safe?.shown.as === 'duration' ? safe.shown.minutes : ''
    const hours = isGoingOn(storm) ? [lastHour.count, hourBefore.count] : []
    const parts = stormPartMarks(storm).map(({ mark }) => mark.count)
    const values = table.slice(1).map(([, value]) => value ?? '')
    expect(values.slice(0, 5).map(Number)).toEqual([
      total.count,
      total.count + merged.count,
      open.count,
      urgent.count,
      overdue.count,
    ])
    expect(String(values[6])).toBe(String(minutes))
    expect(values.slice(7, 8 + hours.length).map(Number)).toEqual([busiest?.count, ...hours])
    expect(Number(values[9 + hours.length])).toBeCloseTo(handled.count / total.count, 6)
    expect(values.slice(10 + hours.length).map(Number)).toEqual(parts)
  },
  'storm-course': (storm, table) => {
    const rows = table
      .slice(1)
      .map(([from, to, happened, ended]) => ({ from: instantOf(from), to: instantOf(to), happened, ended }))
    for (const { dataPoint, count } of marksOfStormCard['storm-course'](storm)) {
      const { happened, ended, ...cell } = dataPoint.by ?? {}
      const span = happened ?? ended
      if (!span || Object.keys(cell).length > 0) continue
      const [from, to] = [Date.parse(span.from), Date.parse(span.to)]
      const within = rows.filter((row) => row.from >= from && row.to <= to)
      const sum = within.reduce((all, row) => all + Number(happened ? row.happened : row.ended), 0)
      expect([dataPoint, sum]).toEqual([dataPoint, count])
    }
  },
  'storm-map': (storm, table) =>
    expect(cellsOf(table, 2, 5)).toEqual(rowsOfParts(storm.areas.map((area) => partMarks(partOfArea(area), area)))),
  'storm-kinds': (storm, table) =>
    expect(cellsOf(table, 2, 5)).toEqual(rowsOfParts(storm.kinds.map((kind) => partMarks(partOfKind(kind), kind)))),
  'storm-grid': (storm, [head = [], ...rows]) => {
    const days = head.flatMap((label, column) => {
      const day = label instanceof Date ? label.toISOString().slice(0, 10) : String(label)
      return /^\d{4}-\d\d-\d\d$/.test(day) ? [{ at: startOfDay(day).getTime(), column }] : []
    })
    expect(days.length).toBeGreaterThan(0)
    const parts = [...storm.kinds.map(partOfKind), ...storm.areas.map(partOfArea)]
    for (const { dataPoint, count } of marksOfStormCard['storm-grid'](storm)) {
      const { happened, category, area } = dataPoint.by ?? {}
      const row = rows[parts.findIndex((part) => part.kind === category && part.area === area)]
      const within = days.filter(
        ({ at }) => !happened || (at >= Date.parse(happened.from) && at < Date.parse(happened.to)),
      )
      const sum = within.reduce((all, { column }) => all + Number(row?.[column]), 0)
      expect([dataPoint, sum]).toEqual([dataPoint, count])
    }
  },
  'storm-oldest': (storm, table) =>
    expect(table.slice(1).map(([code]) => code)).toEqual(storm.oldest.map(({ code }) => code)),
}

test('the contract covers the marks of each card', () => {
  console.info('contract of storms', { ...counts, ...Object.fromEntries(counts.cards) })
  expect(counts.marks).toBeGreaterThan(4000)
  expect(stormCards.filter((card) => !counts.cards.get(card))).toEqual(['storm-oldest'])
})
