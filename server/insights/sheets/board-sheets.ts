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

/** The content of the cards that is read apart from the board; without it they are left out. */
type ReadApart = { explain: Explanation | null; caseMix: CaseMix | null }

/** A board as tables, or one card of it. */
export function boardSheets(
  board: Board,
  card: ExportCard | null,
  { explain, caseMix, locale }: ReadApart & { locale: Locale },
): BoardSheets {
  const words = wordsIn(locale)
  const apart: ReadApart = { explain, caseMix }
  const isThere = (each: ExportCard) => !(each in apart) || apart[each as keyof ReadApart] !== null
  const cards = exportCards.filter((each) => (card ?? each) === each && isThere(each))
  return {
    about: aboutSheet(board, cards, words),
    told: toldConditions(board.header, words),
    tables: cards.flatMap((each) => {
      if (each === 'explain') return explain ? kpis.explainSheet(explain, words) : []
      if (each === 'caseMix') return caseMix ? caseMixSheet(caseMix, words) : []
      return makers[each](board, words)
    }),
  }
}
