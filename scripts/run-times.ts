import type { Part } from './laps.ts'

/** The machine for which the limit of a whole run is set: the queue page of the floor of the bench takes so long. */
const pageOfReference = 1.3

/**
 * How long each part of a run took and how long the processors were busy with it; and, where the queue page of the
 * floor was measured (milliseconds), how long the run would take on the machine of reference.
 */
export function runTimes(parts: readonly Part[], floorPage: number | undefined): string {
  const sum = (kind: 'seconds' | 'busy') => parts.reduce((total, part) => total + part[kind], 0)
  const together = { title: 'Together', seconds: sum('seconds'), busy: sum('busy') }
  const lines = [...parts, together].map(({ title, seconds, busy }) => {
    return `${title.padEnd(28)}${minutes(seconds).padStart(9)}${minutes(busy).padStart(12)}`
  })
  const table = [`${'Part'.padEnd(28)}${'Time'.padStart(9)}${'Processors'.padStart(12)}`, ...lines]
  if (floorPage === undefined) return table.join('\n')
  const [page, share] = [`${floorPage.toFixed(1)} ms`, pageOfReference / floorPage]
  const scaled = `where it takes ${pageOfReference} ms, the run takes ${minutes(together.seconds * share)}`
  return [...table, `The queue page of the floor takes ${page}: ${scaled}`].join('\n')
}

export const minutes = (seconds: number): string => `${(seconds / 60).toFixed(1)} min`
