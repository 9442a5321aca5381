import type { Locale } from '#messages/locales.ts'
import type { Sheet } from '#server/platform/rules/sheet.ts'
import type { Board, Explanation } from '../rules/board.ts'
import { type ExportCard, exportCards } from '../rules/board-export.ts'
import type { CaseMix } from '../rules/case-mix.ts'
import { aboutSheet, type ToldCondition, toldConditions } from './about-sheet.ts'
import { caseMixSheet } from './case-mix-sheet.ts'
import * as charts from './chart-sheets.ts'
import * as kpis from './kpi-sheets.ts'
import { usageSheet } from './usage-sheet.ts'
import { type Words, wordsIn } from './words.ts'

const makers: Record<Exclude<ExportCard, keyof ReadApart>, (board: Board, words: Words) => Sheet> = {
  kpis: kpis.kpiSheet,
  parts: kpis.partsSheet,
  outcomes: kpis.outcomeSheet,
  flow: charts.flowSheet,
  coming: charts.comingSheet,
  agencies: charts.agencySheet,
  handled: charts.handledSheet,
  categories: charts.categorySheet,
  areas: charts.areaSheet,
  ageing: charts.ageingSheet,
  hours: charts.hoursSheet,
  channels: charts.channelSheet,
  stays: charts.holdingPeriodsSheet,
  forwarding: charts.forwardingSheet,
  moves: charts.movesSheet,
  missed: charts.missedSheet,
  ratings: kpis.ratingSheet,
  commitments: kpis.commitmentSheet,
  annotations: kpis.annotationSheet,
  usage: usageSheet,
}

export type BoardSheets = {
  about: Sheet
  /** What a table that stands alone says in columns of its own. */
  told: ToldCondition[]
  /** One per card. */
  tables: Sheet[]
}

/** Content of cards that is read apart from the board. Without it they are left out; what was late is named. */
type ReadApart = { explain: Explanation | null; caseMix: CaseMix | 'late' | null }

/** A board as tables, or one card of it. */
export function boardSheets(
  board: Board,
  card: ExportCard | null,
  { explain, caseMix, locale }: ReadApart & { locale: Locale },
): BoardSheets {
  const words = wordsIn(locale)
  const apart: ReadApart = { explain, caseMix }
  const wanted = exportCards.filter((each) => (card ?? each) === each)
  const readOf = (each: ExportCard) => (each in apart ? apart[each as keyof ReadApart] : board)
  const late = wanted.filter((each) => readOf(each) === 'late')
  const cards = wanted.filter((each) => readOf(each) !== null && !late.includes(each))
  return {
    about: aboutSheet(board, { cards, late }, words),
    told: toldConditions(board.header, words),
    tables: cards.flatMap((each) => {
      if (each === 'explain') return explain ? kpis.explainSheet(explain, words) : []
      if (each === 'caseMix') return caseMix && caseMix !== 'late' ? caseMixSheet(caseMix, words) : []
      return makers[each](board, words)
    }),
  }
}
