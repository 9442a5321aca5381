import type { Figure, Judged, KpiFigure, Standing } from './board.ts'
import { leastSide } from './chance.ts'
import { shareOf } from './statistics.ts'

type Judging = Figure & Pick<KpiFigure, 'unit' | 'good' | 'matured'>

/** Some of the cohort are not due yet: the figure of all is no measure of the work, and is held against no target. */
export const isPartlyYoung = ({ matured }: Pick<KpiFigure, 'matured'>): boolean => (matured?.notYet ?? 0) > 0

/** A share of whole numbers may miss its target by a rounding of the machine. */
const rounding = 1e-9

/**
 * A figure held against its target, of what matures the matured alone. A target says nothing of the share of a few: as
 * for a comparison, twenty have to be there.
 */
export function judgedOn(kpi: Judging, { target, band }: Pick<Judged, 'target' | 'band'>): Judged {
  const { unit, good, matured, value, numerator, denominator, n } = kpi
  const figure: Figure = matured
    ? {
        value: shareOf(matured.handled, matured.of),
        numerator: matured.handled,
        denominator: matured.of,
        n: matured.of,
      }
    : { value, numerator, denominator, n }
  if (figure.value === null || (unit === 'share' && figure.n < leastSide)) return { target, band, compared: null }
  const exact = figure.value - target
  const distance = Math.abs(exact) < rounding ? 0 : exact
  const standing = standingAt(good === 'up' ? distance : -distance, band ?? 0)
  return { target, band, compared: { ...figure, value: figure.value, distance, standing } }
}

/** `better`: by how much the value is on the good side of the target. */
function standingAt(better: number, band: number): Standing {
  if (better >= 0) return 'reached'
  return -better <= band + rounding ? 'near' : 'missed'
}

/** Which side of its target a value is on, as it is said of its unit. */
export type Way = 'above' | 'below' | 'slower' | 'faster' | 'more' | 'fewer' | 'equal'

export function wayOf(unit: KpiFigure['unit'], distance: number): Way {
  if (distance === 0) return 'equal'
  const isMore = distance > 0
  switch (unit) {
    case 'share':
      return isMore ? 'above' : 'below'
    case 'count':
      return isMore ? 'more' : 'fewer'
    default:
      return isMore ? 'slower' : 'faster'
  }
}

/** What is said of the distance to a target: the values of the message `board.aim`. Null: there is nothing to say. */
export function aimValues(
  { unit, judged }: Pick<KpiFigure, 'unit' | 'judged'>,
  distanceOf: (distance: number, unit: KpiFigure['unit'], n: number) => string,
): { way: Way; standing: Standing; distance: string } | null {
  if (!judged?.compared) return null
  const { distance, standing, n } = judged.compared
  return { way: wayOf(unit, distance), standing, distance: distanceOf(distance, unit, n) }
}

/**
 * How many more of the whole would have to be good to meet the target, of what can be judged; 0: it is met. Null: there
 * is no target, or too little to judge, or it is no share of which more is better.
 */
export function missingTo({ unit, good, judged }: Pick<KpiFigure, 'unit' | 'good' | 'judged'>): number | null {
  if (unit !== 'share' || good !== 'up' || !judged?.compared) return null
  const { numerator, denominator } = judged.compared
  return Math.max(0, Math.ceil(judged.target * (denominator ?? 0) - rounding) - numerator)
}
