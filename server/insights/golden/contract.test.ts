import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { test as base } from '#db/testing.ts'
import { writtenMomentOf } from '#server/platform/rules/local-day.ts'
import type { RequestContext } from '#server/procedures/context.ts'
import { createCallerFactory, router } from '#server/procedures/init.ts'
import { reportsRouter } from '#server/reports/router.ts'
import { insightsRouter } from '../router.ts'
import type { Board } from '../rules/board.ts'
import { boardExportForm, exportCards, usuallyExplained } from '../rules/board-export.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'
import { explainedMarks, type Mark, marksOfCard } from '../rules/marks.ts'
import { boardFile } from '../sheets/board-file.ts'
import { boardSheets } from '../sheets/board-sheets.ts'
import { buildContractCity } from './contract-city.ts'
import { fileCounts } from './data-points-of-board.ts'
import { openDoors, signIn } from './doors.ts'
import { rowsOfMarks, rowsOfTable } from './figures-in-files.ts'
import { Opened, readLists, readMark, ways } from './opened.ts'
import { shownTo } from './shown-words.ts'

const days = { from: '2026-03-02', to: '2026-03-15' } as const
/** Few steps, most of what happened. */
const week = { from: '2026-03-04', to: '2026-03-11' } as const
/** In the middle of what the log learned later, and of a day. */
const past = '2026-03-11T04:00:00.000Z'

const callerOf = createCallerFactory(router({ insights: insightsRouter, reports: reportsRouter }))
type Asker = { caller: ReturnType<typeof callerOf>; context: RequestContext }
type Office = { incidentId: string; city: Asker; a: Asker; c: Asker }
type Who = 'city' | 'a' | 'c'

/** A sample of what a board may be narrowed to and asked, and the accounts that read it. */
const questions: Record<string, { by: Who[]; filters: (office: Office) => Partial<BoardFilters> }> = {
  'two weeks': { by: ['city', 'a', 'c'], filters: () => ({ period: days }) },
  'the month that runs': { by: ['city'], filters: () => ({ period: 'month' }) },
  'an agency with those below it': { by: ['city', 'c'], filters: () => ({ period: week, agency: 'gl-a' }) },
  'an agency below another': { by: ['city', 'a'], filters: () => ({ period: week, agency: 'gl-c' }) },
  'another agency, live': { by: ['city', 'a'], filters: () => ({ period: '30d', agency: 'gl-b' }) },
  'a commune': { by: ['city'], filters: () => ({ period: week, area: 2 }) },
  'a group of categories': { by: ['city'], filters: () => ({ period: week, category: 'GL' }) },
  'a category and a severity': {
    by: ['city'],
    filters: () => ({ period: days, category: 'GL-02', severity: 'urgent' }),
  },
  'a channel': { by: ['city'], filters: () => ({ period: '7d', channel: 'app' }) },
  'an incident': { by: ['city', 'a'], filters: ({ incidentId }) => ({ period: week, incident: incidentId }) },
  'a past moment, as now known': {
    by: ['city', 'c'],
    filters: () => ({ period: '7d', asked: { way: 'known', at: past } }),
  },
  'a past moment, as issued': {
    by: ['city', 'a'],
    filters: () => ({ period: '7d', asked: { way: 'issued', at: past } }),
  },
  'nothing that ever was': { by: ['city'], filters: () => ({ period: week, severity: 'complex' }) },
}

async function openOffice(db: Database): Promise<Office> {
  const { incidentId } = await buildContractCity(db)
  const askerOf = async (agency?: string): Promise<Asker> => {
    const context = await signIn(db, agency)
    return { caller: callerOf(context), context }
  }
  return { incidentId, city: await askerOf(), a: await askerOf('gl-a'), c: await askerOf('gl-c') }
}

const test = base.extend('office', { scope: 'file' }, ({ db }) => openOffice(db))

const { letIn, take } = openDoors()

/** The board's own files hold the numbers of its marks, and say of which moment and by which question. */
async function readBoardFiles(board: Board): Promise<void> {
  const { filters, asOf, compared, scope } = board.header
  const isWhole = scope.all && filters.agency === null
  const form = boardExportForm({ card: null, format: 'xlsx', filters, asOf, explaining: usuallyExplained }, 'vi')
  const tabs = await readWorkbook(await take('/api/insights/export', form))
  const cards = exportCards.filter((card) => (card !== 'explain' || compared) && (card !== 'caseMix' || isWhole))
  expect(tabs).toHaveLength(cards.length + 1)
  const apart = { explain: null, caseMix: null, locale: 'vi' } as const
  const { told } = boardSheets(board, null, apart)
  for (const [place, card] of cards.entries()) {
    if (card === 'explain' || card === 'caseMix') continue
    const csv = String(await boardFile(boardSheets(board, card, apart), 'csv', 'vi'))
    const table = parse(csv, { bom: true }) as string[][]
    const marks = rowsOfMarks(card, marksOfCard[card](board))
    expect([card, rowsOfTable(card, table)]).toEqual([card, marks])
    const inWorkbook = (tabs[place]?.data ?? []).map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
    expect([card, rowsOfTable(card, inWorkbook)]).toEqual([card, marks])
    const [head = [], ...rows] = table
    expect(head.slice(-told.length)).toEqual(told.map(({ label }) => label))
    for (const row of rows) expect(Date.parse(row.at(-1) ?? '')).toBe(asOf.getTime())
    if (filters.asked)
      for (const row of rows) expect(row.join()).toContain(`${writtenMomentOf(asOf)}, ${ways[filters.asked.way]}`)
  }
}

const counts = { marks: 0, lists: 0, questions: 0, cards: new Map<string, number>() }

describe.for(Object.entries(questions))('%s', ([, { by, filters: of }]) => {
  test.for(by)(
    'each mark is the number of the queue and of the files of the board, one of each kind that of its rows, as read by %s',
    { timeout: 240_000 },
    async (who, { office }) => {
      const asker = office[who]
      letIn(asker.context)
      const filters = { ...noBoardFilters, ...of(office) }
      const board = await asker.caller.insights.board(filters)
      const shown = shownTo(board.header.minutesPerDay)
      const opened = new Opened(asker, board.header, shown, take)
      counts.questions += 1
      for (const card of exportCards) {
        const marks = marksOfCard[card](board)
        counts.cards.set(card, (counts.cards.get(card) ?? 0) + marks.length)
        for (const mark of marks) {
          counts.marks += 1
          if (isEmptyHour(mark)) continue
          await readMark(card, mark, opened, shown)
        }
        counts.lists += await readLists(marks, opened, counts.questions)
      }
      for (const mark of await marksOfOutcomes(asker, board)) {
        counts.cards.set('explain', (counts.cards.get('explain') ?? 0) + 1)
        await readMark('explain', mark, opened, shown)
      }
      for (const { dataPoint, count } of fileCounts(board)) expect((await opened.of(dataPoint)).count).toBe(count)
      for (const { row, by: cell } of overdueRows(board)) {
        let late = 0
        for (const standing of overdue)
          late += (await opened.of({ measure: 'backlog', by: { ...cell, standing } })).count
        expect([cell, late]).toEqual([cell, row.overdue])
      }
      expect(board.charts.hours.reduce((sum, count) => sum + count, 0)).toBe(board.kpis.received.value)
      await readBoardFiles(board)
    },
  )
})

/** Of the change of "percentage handled", explained by outcomes: their numerators are all that was handled. */
async function marksOfOutcomes({ caller }: Asker, { header, kpis: { handled } }: Board): Promise<Mark[]> {
  const { filters, asOf } = header
  const explained = await caller.insights.explain({ filters, kpi: 'handled', dimension: 'outcome', asOf })
  if (explained.change === null) return []
  const marks = explainedMarks(explained).filter((mark) => mark !== null)
  expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(handled.numerator)
  return marks
}

/** Hours without reports are not counted one by one: the others sum to all that was received. */
const isEmptyHour = ({ dataPoint: { by }, count }: Mark) => by?.hour !== undefined && count === 0
const overdue = ['overdue_5d', 'overdue_1d', 'overdue_0d'] as const
/** What is past its promise is named beside the open reports of a ranking. */
const overdueRows = ({ charts }: Board) => [
  ...charts.agencies.map((row) => ({ row, by: { agency: row.id ?? 'none' } })),
  ...charts.channels.map((row) => ({ row, by: { channel: row.channel } })),
]

test('the contract covers all marks of each card', () => {
  const { cards, ...sums } = counts
  console.info('contract of figures', { ...sums, ...Object.fromEntries(cards) })
  expect(counts.questions).toBe(Object.values(questions).reduce((sum, { by }) => sum + by.length, 0))
  expect(counts.marks).toBeGreaterThan(8000)
  const without = exportCards.filter((card) => !cards.get(card))
  expect(without).toEqual(['caseMix', 'annotations', 'usage'])
})
