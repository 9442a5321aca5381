import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { expect } from 'vitest'
import { writtenMomentOf } from '#server/platform/rules/local-day.ts'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import { caseExportForm } from '#server/reports/rules/case-export.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import { parseQueue } from '#server/reports/rules/queue-address.ts'
import type { BoardHeader, DataPointCount } from '../rules/board.ts'
import { type DataPoint, drillDownAddress } from '../rules/data-point.ts'
import { definitions } from '../rules/definitions.ts'
import type { Counted, Mark } from '../rules/marks.ts'
import { countedIn } from './data-points-of-board.ts'
import type { Shown } from './shown-words.ts'

/** The procedures that the queue asks. */
export type QueueCaller = {
  insights: { drillDown: (mark: string) => Promise<DataPointCount | null> }
  reports: { queue: (input: { queue: Queue }) => Promise<Pick<QueuePage, 'rows' | 'total'>> }
}
type Asker = { caller: QueueCaller }
/** What the numbers of a page are counted under, and whether they are a part of that. */
export type Asked = Pick<BoardHeader, 'filters' | 'asOf'> & { scope: { all: boolean; isPart?: boolean } }
/** Fetches a file. */
type Take = (path: string, form: URLSearchParams) => Promise<Buffer>

export const ways = { issued: 'như đã phát hành', known: 'như nay được biết' }
export const nameOf = ({ measure, by }: DataPoint) => `${measure} ${JSON.stringify(by ?? {})}`

/** What reads the same on screen and in a file: names of things and days are shortened on a screen. */
const certain = ['Chỉ số trên bảng thống kê', 'Số liệu lúc', 'Thời điểm']

const listForm = (queue: Queue, format: 'csv' | 'xlsx') =>
  caseExportForm(queue, { columns: ['code'], format, reason: '' }, { locale: 'vi', ids: null })

/** What the numbers of a page open, each read once. */
export class Opened {
  private readonly known = new Map<string, Promise<DataPointCount>>()
  private readonly asker: Asker
  private readonly asked: Asked
  private readonly shown: Shown
  private readonly take: Take
  constructor(asker: Asker, asked: Asked, shown: Shown, take: Take) {
    this.asker = asker
    this.asked = asked
    this.shown = shown
    this.take = take
  }

  /** The number that the queue says, in its sentence, of a data point. */
  of(dataPoint: DataPoint): Promise<DataPointCount> {
    const name = nameOf(dataPoint)
    const found = this.known.get(name) ?? this.open(dataPoint)
    this.known.set(name, found)
    return found
  }

  private async open(dataPoint: DataPoint): Promise<DataPointCount> {
    const counted = await this.asker.caller.insights.drillDown(this.queueOf(dataPoint).mark ?? '')
    if (!counted) throw new Error('the queue cannot read the mark')
    if (counted.count > 0) this.readSentence(dataPoint, counted)
    return counted
  }

  queueOf(dataPoint: DataPoint): Queue {
    const { filters, asOf } = this.asked
    const address = new URL(drillDownAddress({ dataPoint, filters, asOf }), 'http://desk')
    return parseQueue(Object.fromEntries(address.searchParams), 'open')
  }

  /** The rows of the queue and of its file are as many as it says, and the same. */
  async readRows(dataPoint: DataPoint): Promise<void> {
    const { reports: all } = await this.of(dataPoint)
    const queue = this.queueOf(dataPoint)
    const page = await this.asker.caller.reports.queue({ queue })
    const csv = await this.take('/api/reports/export', listForm(queue, 'csv'))
    const [head, ...rows] = parse(csv, { bom: true }) as string[][]
    const codes = new Set(rows.map(([code]) => code))
    const listed = page.rows.map(({ code }) => code)
    const seen = { rows: page.total?.count, listed: listed.length, inFile: rows.length, codes: codes.size }
    const name = nameOf(dataPoint)
    expect({ name, ...seen }).toEqual({ name, rows: all, listed: Math.min(all, 50), inFile: all, codes: all })
    expect([name, listed.filter((code) => !codes.has(code))]).toEqual([name, []])
    const [codeLabel, ...labels] = head ?? []
    expect([name, codeLabel, labels]).toEqual([name, 'Mã', this.toldOf(dataPoint).map(({ label }) => label)])
    for (const [, ...cells] of rows) this.readTold(dataPoint, new Map(labels.map((label, at) => [label, cells[at]])))
  }

  /** The figure and its conditions, as the queue names them above its rows. */
  private toldOf(dataPoint: DataPoint): { label: string; value: string }[] {
    const { filters, asOf } = this.asked
    const { measureOf, conditionsOf } = this.shown
    const conditions = conditionsOf({ dataPoint, filters, asOf })
    return [{ label: 'Chỉ số trên bảng thống kê', value: measureOf(dataPoint.measure) }, ...conditions]
  }

  /** A file names the figure, its moment and what counts as known, as the queue does. */
  private readTold(dataPoint: DataPoint, told: ReadonlyMap<unknown, unknown>): void {
    const expected = this.toldOf(dataPoint).filter(({ label }) => certain.includes(label))
    expect(expected.map(({ label }) => ({ label, value: told.get(label) }))).toEqual(
      expected.map(({ label, value }) => ({ label, value })),
    )
  }

  async readWorkbook(dataPoint: DataPoint): Promise<void> {
    const queue = this.queueOf(dataPoint)
    const { reports: all } = await this.of(dataPoint)
    const [list, about] = await readWorkbook(await this.take('/api/reports/export', listForm(queue, 'xlsx')))
    const codes = new Set(list?.data.slice(1).map(([code]) => code))
    const name = nameOf(dataPoint)
    expect([name, list?.data.length, codes.size]).toEqual([name, all + 1, all])
    const told = new Map(about?.data.map(([item, content]) => [item, content]))
    expect(told.get('Số phản ánh')).toBe(all)
    expect([...told.values()]).toContain(queue.mark)
    this.readTold(dataPoint, told)
  }

  /** Its number is the one on the board, and it says whose part that is, and of which moment. */
  private readSentence(dataPoint: DataPoint, counted: DataPointCount): void {
    const { count, reports: all, part } = counted
    const { words, sentenceOf, conditionsOf } = this.shown
    const { scope, filters, asOf } = this.asked
    const [figure, rows] = [words.number(count), words.number(all)]
    const said =
      count !== all
        ? new RegExp(`^${figure} trên bảng.*, thuộc ${rows} phản ánh: có phản ánh được đếm nhiều lần$`)
        : part
          ? new RegExp(`^${figure} phản ánh: phần .+ được xem`)
          : new RegExp(`^${figure} phản ánh, đúng bằng số trên bảng$`)
    expect(sentenceOf(counted)).toMatch(said)
    const cell = dataPoint.by?.agency
    if (cell === undefined) expect(part !== null).toBe(!scope.all && scope.isPart === true)
    const conditions = conditionsOf({ dataPoint, filters, asOf })
    const told = new Map(conditions.map(({ key, value }) => [key, value]))
    expect(told.get('asOf')).toBe(writtenMomentOf(asOf))
    if (filters.asked) {
      const { at, way } = filters.asked
      expect(told.get('board-asked')).toBe(`${writtenMomentOf(new Date(at))}, ${ways[way]}`)
    }
  }
}

/** A mark of the board or of a storm. */
type Written = Pick<Mark, 'dataPoint' | 'count' | 'shown'>

/** Marks of one kind count by the same condition, each with another value: every question opens another of them. */
function oneOfEachKind<One extends Counted>(marks: readonly One[], place: number): One[] {
  const kindOf = ({ dataPoint: { measure, by = {} } }: One) => `${measure} ${Object.keys(by)}`
  const opening = marks.filter(({ count }) => count > 0)
  return [...Map.groupBy(opening, kindOf).values()].flatMap((all) => all[place % all.length] ?? [])
}

/** One of each kind counts the rows of the queue and of its files. Returns how many lists were read. */
export async function readLists(marks: readonly Counted[], opened: Opened, place: number): Promise<number> {
  const lists = oneOfEachKind(marks, place)
  for (const { dataPoint } of lists) await opened.readRows(dataPoint)
  if (lists[0]) await opened.readWorkbook(lists[0].dataPoint)
  return lists.length
}

/** The numbers of a mark are those that the queue says, and its text says them. */
export async function readMark(card: string, mark: Written, opened: Opened, { words }: Shown): Promise<void> {
  const name = `${card}: ${nameOf(mark.dataPoint)}`
  for (const { dataPoint, count } of countedIn(mark))
    expect([name, nameOf(dataPoint), (await opened.of(dataPoint)).count]).toEqual([name, nameOf(dataPoint), count])
  const text = words.textOf(mark)
  const again = await recounted(mark, opened)
  expect([name, text]).toEqual([name, words.textOf(again)])
  readText(text, again)
}

/** A mark whose numbers are those the queue counts: its text follows from them, unless it is a duration. */
async function recounted({ dataPoint, shown }: Written, opened: Opened): Promise<Pick<Mark, 'count' | 'shown'>> {
  const { count } = await opened.of(dataPoint)
  const again = async (one: Counted): Promise<Counted> => ({ ...one, count: (await opened.of(one.dataPoint)).count })
  switch (shown.as) {
    case 'share':
      return { count, shown: { as: 'share', part: await again(shown.part), whole: await again(shown.whole) } }
    case 'even': {
      const all: Counted[] = []
      for (const part of shown.all) all.push(await again(part))
      return { count, shown: { ...shown, all } }
    }
    case 'kpi': {
      const { kpi } = shown
      const { id, unit, marks, isHidden } = kpi
      if (isHidden || unit.endsWith('minutes') || definitions[id].quantile) return { count, shown }
      const whole = marks.denominator ? (await opened.of({ measure: marks.denominator })).count : null
      const value = whole === null ? count : whole === 0 ? null : count / whole
      return {
        count,
        shown: { as: 'kpi', kpi: { ...kpi, value, numerator: count, denominator: whole, n: whole ?? count } },
      }
    }
    default:
      return { count, shown }
  }
}

/** What a text of the board says, read as its reader does: a number, a fraction of few, or a percentage of many. */
function readText(text: string, { count, shown }: Pick<Mark, 'count' | 'shown'>): void {
  const said = text.replaceAll('.', '').replace(',', '.')
  const share = (part: number, whole: number, off = 0.5) => {
    if (whole === 0) expect(said).toBe('–')
    else if (said.includes('/')) expect(said).toBe(`${part}/${whole}`)
    else expect([text, Math.abs(Number.parseFloat(said) - (100 * part) / whole) <= off]).toEqual([text, true])
  }
  if (shown.as === 'count') expect(Number(said)).toBe(count)
  else if (shown.as === 'share') share(shown.part.count, shown.whole.count)
  else if (shown.as === 'even') {
    const whole = shown.all.reduce((sum, part) => sum + part.count, 0)
    // All sum to 100, so that one of them may be rounded the other way.
    if (whole > 0) share(count, whole, 1)
  } else if (shown.as === 'kpi') {
    const { unit, isHidden, numerator, denominator } = shown.kpi
    if (isHidden) expect(said).toBe('–')
    else if (unit === 'share') share(numerator, denominator ?? 0)
    else if (unit === 'count' && !definitions[shown.kpi.id].quantile) expect(Number(said)).toBe(count)
  }
}
