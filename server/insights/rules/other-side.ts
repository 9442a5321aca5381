import type { DataPoint, Measure } from './data-point.ts'
import { definitions, headlineKpis, kpiIds } from './definitions.ts'

/** Cells that exist on one side of a share only. */
const ofOneSide = ['age', 'standing', 'rating', 'level', 'move'] as const

type OtherSide = { side: 'numerator' | 'denominator'; dataPoint: DataPoint }

/**
 * The reports on the other side of a share: the denominator for a numerator, and the numerator for a denominator. Null
 * where there is none.
 */
export function otherSideOf({ measure, by }: DataPoint): OtherSide | null {
  if (by && ofOneSide.some((cell) => by[cell] !== undefined)) return null
  const other = (side: OtherSide['side'], its: Measure): OtherSide => ({
    side,
    dataPoint: by ? { measure: its, by } : { measure: its },
  })
  // The headline figures first: "received" is the denominator of many shares.
  const shares = [...headlineKpis, ...kpiIds].map((id) => definitions[id]).filter(({ unit }) => unit === 'share')
  const above = shares.find(({ numerator }) => numerator === measure)
  if (above?.denominator) return other('denominator', above.denominator)
  const below = shares.find(({ denominator }) => denominator === measure)
  return below ? other('numerator', below.numerator) : null
}
