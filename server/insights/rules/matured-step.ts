import type { Matured } from './board.ts'
import { leastSide } from './chance.ts'
import { shareOf } from './statistics.ts'

/** In percent of what came in. */
const leastMatured = 80

/**
 * What is drawn of the share handled of a day, week or month. `notYet`: too much of it is not due, and a share would be
 * low whatever is done. `few`: too few ever came in.
 */
export type MaturedStep = { is: 'share'; share: number } | { is: 'notYet' | 'few'; share: null }

/** Of what came in, at least twenty reports and four in five are due: then the share of these stands for the step. */
export function maturedStep({ handled, of, notYet }: Matured): MaturedStep {
  const received = of + notYet
  const isMostDue = of * 100 >= received * leastMatured
  if (of >= leastSide && isMostDue) return { is: 'share', share: shareOf(handled, of) ?? 0 }
  const isWaiting = notYet > 0 && (!isMostDue || received >= leastSide)
  return { is: isWaiting ? 'notYet' : 'few', share: null }
}

export type Run = { first: number; last: number }

/** The steps that are not due yet, neighbours together. */
export function notYetRuns(steps: readonly { matured: Matured }[]): Run[] {
  const runs: Run[] = []
  for (const [at, { matured }] of steps.entries()) {
    if (maturedStep(matured).is !== 'notYet') continue
    const before = runs.at(-1)
    if (before?.last === at - 1) before.last = at
    else runs.push({ first: at, last: at })
  }
  return runs
}
