import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { test as base } from '#db/testing.ts'
import { createCallerFactory, router } from '#server/procedures/init.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { catchUp } from '../commands/catch-up.ts'
import { sayIn, weeklyLetter } from '../mail/weekly-letter.ts'
import { readIssued } from '../queries/weekly.ts'
import { insightsRouter } from '../router.ts'
import type { KpiFigure } from '../rules/board.ts'
import { correctionsOf } from '../rules/issued.ts'
import { keptSchema, readKeptWeekly } from '../rules/kept-weekly.ts'
import { type Weekly, type WeeklyKpi, weeklyKpis } from '../rules/weekly.ts'
import { agencyMark, figureMark, marksOfWeekly, pointMark, type WeeklyMark } from '../rules/weekly-marks.ts'
import type { WeeklyQuestion } from '../rules/weekly-period.ts'
import { weeklyWords } from '../rules/weekly-words.ts'
import { buildContractCity } from './contract-city.ts'
import { openDoors, signIn } from './doors.ts'
import { type Asked, nameOf, Opened, readLists } from './opened.ts'
import { shownTo } from './shown-words.ts'

const callerOf = createCallerFactory(router({ insights: insightsRouter, reports: reportsRouter }))
const week: WeeklyQuestion = { edition: 'weekly', from: '2026-03-09', agency: null }
/** On Monday morning, when the log had learned nothing of what it learns later. */
const issuedAt = '2026-03-16T00:30:00.000Z'

async function openOffice(db: Database) {
  const askerOf = async (agency?: string) => {
    const context = await signIn(db, agency)
    return { caller: callerOf(context), context }
  }
  const asIssued = async ({ context }: Awaited<ReturnType<typeof askerOf>>) =>
    JSON.stringify(await readIssued(context, week, new Date(issuedAt)))
  let office: { city: Awaited<ReturnType<typeof askerOf>>; a: Awaited<ReturnType<typeof askerOf>> } | null = null
  let kept: { city: string; a: string } | null = null
  await buildContractCity(db, async () => {
    await catchUp(db)
    office = { city: await askerOf(), a: await askerOf('gl-a') }
    kept = { city: await asIssued(office.city), a: await asIssued(office.a) }
  })
  if (!office || !kept) throw new Error('nothing was issued')
  return {
    ...(office as { city: Asker; a: Asker }),
    c: await askerOf('gl-c'),
    kept: kept as { city: string; a: string },
  }
}
type Asker = { caller: ReturnType<typeof callerOf>; context: Awaited<ReturnType<typeof signIn>> }

const test = base.extend('office', { scope: 'file' }, ({ db }) => openOffice(db))
const { letIn, take } = openDoors()
const say = sayIn('vi')
const number = (value: number): string => new Intl.NumberFormat('vi-VN').format(value)
const counts = { marks: 0, lists: 0, points: new Set<string>() }

const questions: Record<string, { by: ('city' | 'a' | 'c')[]; question: WeeklyQuestion }> = {
  'a week': { by: ['city', 'a', 'c'], question: week },
  'the week before': { by: ['city', 'a'], question: { ...week, from: '2026-03-02' } },
  'a day': { by: ['city', 'a'], question: { edition: 'daily', from: '2026-03-13', agency: null } },
  'a month': { by: ['city'], question: { edition: 'monthly', from: '2026-02-01', agency: null } },
  'the week of one agency': { by: ['city', 'c'], question: { ...week, agency: 'gl-a' } },
}
const asked = Object.entries(questions).flatMap(([name, { by }]) => by.map((who) => [name, who] as const))

test.for(asked)(
  'each mark of the report of %s as read by %s is the number of the queue, of its rows and of the files',
  { timeout: 60_000 },
  async ([name, who], { office }) => {
    const asker = office[who]
    const weekly = await asker.caller.insights.weekly(questions[name]?.question ?? week)
    await readReport(asker, weekly, weekly.header)
  },
)

test.for(['city', 'a'] as const)(
  'each mark of an issued report, as kept of %s, opens what it counted then, though the log has learned more since',
  { timeout: 60_000 },
  async (who, { office }) => {
    const issued = readKeptWeekly(keptSchema, JSON.parse(office.kept[who]))
    const { header } = issued
    const filters = { ...header.filters, asked: { way: 'issued', at: issuedAt } as const }
    await readReport(office[who], issued, { ...header, filters })
    const now = await office[who].caller.insights.weekly(week)
    expect(correctionsOf(issued, now, say, 'vi')).not.toEqual([])
  },
)

async function readReport({ caller, context }: Asker, weekly: Weekly, header: Asked): Promise<void> {
  letIn(context)
  const opened = new Opened({ caller }, header, shownTo(weekly.header.minutesPerDay), take)
  const marks = marksOfWeekly(weekly)
  for (const { whole, ...own } of marks)
    for (const { dataPoint, count } of whole ? [own, whole] : [own])
      expect([nameOf(dataPoint), (await opened.of(dataPoint)).count]).toEqual([nameOf(dataPoint), count])
  counts.marks += marks.length
  counts.lists += await readLists(marks, opened, counts.lists)
  await readWords(weekly, opened)
  await readFiles(weekly)
}

/** What the report says follows from the numbers that the queue counts. */
async function readWords(weekly: Weekly, opened: Opened): Promise<void> {
  const words = weeklyWords(weekly, say, 'vi')
  const again = { ...weekly.figures }
  for (const id of weeklyKpis) again[id] = await recounted(weekly.figures[id], opened)
  const textsOf = ({ figures }: typeof words) => figures.map(({ value, of }) => [value, of])
  expect(textsOf(words)).toEqual(textsOf(weeklyWords({ ...weekly, figures: again }, say, 'vi')))
  for (const { id, due, text } of words.agencies.named) {
    expect(text).toContain(number((await opened.of(agencyMark({ id, due }).dataPoint)).count))
  }
  for (const [place, point] of weekly.points.entries()) {
    counts.points.add(point.kind)
    const text = words.points[place]?.text
    const mark = pointMark(point)
    for (const one of mark ? [mark, mark.whole ?? mark] : []) expect(text).toContain(number(one.count))
    if (point.kind === 'oldest') expect(text).toContain(point.code)
    if (point.kind !== 'overdue' && point.kind !== 'backlog') continue
    let overdue = 0
    for (const standing of ['overdue_5d', 'overdue_1d', 'overdue_0d'] as const)
      overdue += (await opened.of({ measure: 'backlog', by: { agency: point.key, standing } })).count
    expect([point, overdue]).toEqual([point, point.overdue])
  }
}

async function recounted(kpi: KpiFigure, opened: Opened): Promise<KpiFigure> {
  const { dataPoint, whole } = figureMark(kpi)
  const numerator = (await opened.of(dataPoint)).count
  const denominator = whole && (await opened.of(whole.dataPoint)).count
  const value = denominator === null ? numerator : denominator === 0 ? null : numerator / denominator
  return { ...kpi, numerator, denominator, n: denominator ?? numerator, value: kpi.isHidden ? null : value }
}

/** The tables beside the letter hold the numbers of the marks. */
async function readFiles(weekly: Weekly): Promise<void> {
  const letter = await weeklyLetter({
    ...{ weekly, locale: 'vi', name: 'Báo cáo', isTest: false, appUrl: undefined, issuedId: null },
    attachments: ['xlsx', 'csv'],
  })
  const [workbook, csv] = letter.attachments.map(({ content }) => content)
  const [figures, agencies] = await readWorkbook(workbook as Buffer)
  const lines = (parse(csv as Buffer, { bom: true }) as string[][]).slice(1)
  const inCsv = (sheet: number, row: string, column: string) => {
    const sheets = [...new Set(lines.map(([name]) => name))]
    return lines.find((line) => line[0] === sheets[sheet] && line[1] === row && line[2] === column)?.[3]
  }
  const same = (mark: WeeklyMark['whole'], cells: readonly unknown[]) => {
    for (const cell of cells)
      expect([mark && nameOf(mark.dataPoint), (cell ?? '') === '' ? null : Number(cell)]).toEqual([
        mark && nameOf(mark.dataPoint),
        mark?.count ?? null,
      ])
  }
  for (const [place, id] of weeklyKpis.entries()) {
    const row = figures?.data[place + 1] ?? []
    const mark = figureMark(weekly.figures[id as WeeklyKpi])
    same(mark, [row[3], inCsv(0, String(row[0]), 'Tử số')])
    same(mark.whole, [row[4], inCsv(0, String(row[0]), 'Mẫu số')])
  }
  for (const mixed of weekly.agencies.mix?.agencies ?? []) {
    const row = agencies?.data[weekly.agencies.rows.findIndex(({ id }) => id === mixed.id) + 1] ?? []
    same(agencyMark(mixed), [row[2], inCsv(1, String(row[0]), 'Đến hạn')])
  }
}

test('the contract covers the reports of each edition and points of several kinds', () => {
  console.info('contract of reports', { ...counts, points: [...counts.points] })
  expect(counts.marks).toBeGreaterThan(60)
  expect(counts.points.size).toBeGreaterThan(2)
})
