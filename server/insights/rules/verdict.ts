import type { Verdict } from './board.ts'
import { beyondChance, type Tested } from './chance.ts'
import type { GoodDirection } from './definitions.ts'

export type Weighed = {
  /** Null: nothing was tested, because a side is too small. */
  tested: Tested | null
  /** As it is shown. Null: one of the sides has no value. */
  change: number | null
  good: GoodDirection
}

/**
 * The verdicts on all that is compared on a page or in a table. None on what was not tested, nor on what differs beyond
 * chance but is shown as moving the other way, or not at all.
 */
export function verdictsOn(weighed: readonly Weighed[]): (Verdict | null)[] {
  const passed = beyondChance(weighed.map(({ tested }) => tested?.chance ?? null))
  return weighed.map(({ tested, change, good }, at) => {
    if (!tested || change === null) return null
    if (!passed[at]) return 'unclear'
    if (Math.sign(change) !== tested.way) return null
    if (good === 'none') return 'differs'
    return tested.way > 0 === (good === 'up') ? 'better' : 'worse'
  })
}
