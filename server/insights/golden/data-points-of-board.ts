import type { Board } from '../rules/board.ts'
import { type Counted, type Mark, marksOfCard } from '../rules/marks.ts'

/** All numbers that the number of a mark is made of, its own first. */
export function countedIn({ dataPoint, count, shown }: Pick<Mark, 'dataPoint' | 'count' | 'shown'>): Counted[] {
  const own = { dataPoint, count }
  switch (shown.as) {
    case 'share':
      return [own, shown.part, shown.whole]
    case 'even':
      return [own, ...shown.all]
    default:
      return [own]
  }
}

/** What the sheet about a file says was left out. */
export const fileCounts = ({ header }: Board): Counted[] => [
  { dataPoint: { measure: 'spam_or_test' }, count: header.spamOrTest },
  { dataPoint: { measure: 'merged' }, count: header.merged },
]

/** Every number of a board that counts reports, each once. Of the hours without reports only one a day. */
export function dataPointsOf(board: Board): Counted[] {
  const marks = Object.values(marksOfCard).flatMap((marksIn) => marksIn(board))
  const all = [...marks.flatMap(countedIn), ...fileCounts(board)]
  const once = new Map(all.map((counted) => [JSON.stringify([counted.dataPoint, counted.count]), counted]))
  return [...once.values()].filter(
    ({ dataPoint: { by }, count }) => count > 0 || by?.hour === undefined || by.hour % 24 === 0,
  )
}
