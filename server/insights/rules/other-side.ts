import type { DataPoint, Measure } from './data-point.ts'
import { definitions, headlineKpis, kpiIds } from './definitions.ts'

/** Cells that only one side of a line knows. */
const ofOneSide = ['age', 'standing', 'rating', 'level', 'move'] as const

type OtherSide = { side: 'numerator' | 'denominator'; dataPoint: DataPoint }

/**
 * The reports on the other side of the line of a share: those it is a part of, or the part that counts. Null where
 * there is no line.
 */
export function otherSideOf({ measure, by }: DataPoint): OtherSide | null {
  if (by && ofOneSide.some((cell) => by[cell] !== undefined)) return null
  const other = (side: OtherSide['side'], its: Measure): OtherSide => ({
    side,
    dataPoint: by ? { measure: its, by } : { measure: its },
  })
  // The headline figures first: "received" is below many lines.
  const shares = [...headlineKpis, ...kpiIds].map((id) => definitions[id]).filter(({ unit }) => unit === 'share')
  const above = shares.find(({ numerator }) => numerator === measure)
  if (above?.denominator) return other('denominator', above.denominator)
  const below = shares.find(({ denominator }) => denominator === measure)
  return below ? other('numerator', below.numerator) : null
}
