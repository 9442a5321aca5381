import type { Verdict } from './board.ts'
import { beyondChance } from './chance.ts'
import type { GoodDirection } from './definitions.ts'

export type Weighed = {
  /** How likely chance alone makes such a difference; null where a side is too small for a verdict. */
  chance: number | null
  /** Null: one of the sides has no value. */
  change: number | null
  good: GoodDirection
}

/** The verdicts on all that is compared on a page or in a table. */
export function verdictsOn(weighed: readonly Weighed[]): (Verdict | null)[] {
  const passed = beyondChance(weighed.map(({ chance }) => chance))
  return weighed.map(({ change, good }, at) => {
    if (change === null) return null
    if (!passed[at] || change === 0) return 'unclear'
    if (good === 'none') return 'differs'
    return change > 0 === (good === 'up') ? 'better' : 'worse'
  })
}
