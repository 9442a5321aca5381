import type { BoardHeader, KpiFigure } from './board.ts'
import type { CaseMix } from './case-mix.ts'
import { type DataPointCell, drillDownAddress, type Measure } from './data-point.ts'
import type { Counted } from './marks.ts'
import { type Point, type Weekly, weeklyKpis } from './weekly.ts'

declare const declared: unique symbol

/**
 * A number of the report to the leadership that opens reports. `whole`: what its sentence names beside it as the number
 * that it is a part of. As on the board (`marks.ts`), marks are made in this file alone, and the links of reports,
 * issued ones too, take nothing else: `golden/weekly-contract.test.ts` opens all of them.
 */
export type WeeklyMark = Counted & { whole: Counted | null; readonly [declared]: true }

const counted = (count: number, measure: Measure, by?: DataPointCell): Counted => ({
  dataPoint: by ? { measure, by } : { measure },
  count,
})
const markOf = (own: Counted, whole: Counted | null = null): WeeklyMark => ({ ...own, whole }) as WeeklyMark

/** The reports of a mark, counted as the report was; null: it counts none. */
export const weeklyMarkAddress = (
  { filters, asOf }: Pick<BoardHeader, 'filters' | 'asOf'>,
  { dataPoint, count }: WeeklyMark,
): string | null => (count > 0 ? drillDownAddress({ dataPoint, filters, asOf }) : null)

export const figureMark = ({ numerator, denominator, marks }: KpiFigure): WeeklyMark =>
  markOf(
    counted(numerator, marks.numerator),
    marks.denominator && denominator !== null ? counted(denominator, marks.denominator) : null,
  )

/** Of an agency that differs from others beyond chance: all its promises that fell due, whether compared or not. */
export const agencyMark = ({ id, due }: Pick<CaseMix['agencies'][number], 'id' | 'due'>): WeeklyMark =>
  markOf(counted(due, 'promises_due', { agency: id }))

/** A point of attention opens what it counts; null: it is about one report, which it names. */
export function pointMark(point: Point): WeeklyMark | null {
  const { measure, by } = point.source
  switch (point.kind) {
    case 'backlog':
    case 'area':
    case 'category':
      return markOf(counted(point.now, measure, by))
    case 'missed':
      return markOf(counted(point.missed, measure, by), counted(point.due, 'promises_due', by))
    case 'forwarding':
      return markOf(counted(point.forwarded, measure, by), counted(point.first, 'first_given', by))
    case 'ping_pong':
      return markOf(counted(point.count, measure), counted(point.of, 'assigned'))
    case 'overdue':
      return markOf(counted(point.open, measure, by))
    case 'oldest':
      return null
  }
}

/** All marks of a report. */
export const marksOfWeekly = ({ figures, agencies, points }: Weekly): WeeklyMark[] => [
  ...weeklyKpis.map((id) => figureMark(figures[id])),
  ...(agencies.mix?.agencies ?? []).map(agencyMark),
  ...points.flatMap((point) => pointMark(point) ?? []),
]
