/** The machine for which the limit of a whole run is set: the queue page of the floor of the bench takes so long. */
const pageOfReference = 1.3

export type Part = { title: string; seconds: number }

/**
 * How long each part of a run took; and, where the queue page of the floor was measured (milliseconds), how long the
 * run would take on the machine of reference.
 */
export function runTimes(parts: readonly Part[], floorPage: number | undefined): string {
  const total = parts.reduce((sum, { seconds }) => sum + seconds, 0)
  const lines = [...parts, { title: 'Together', seconds: total }].map(
    ({ title, seconds }) => `${title.padEnd(28)}${minutes(seconds).padStart(9)}`,
  )
  if (floorPage === undefined) return lines.join('\n')
  const [page, share] = [`${floorPage.toFixed(1)} ms`, pageOfReference / floorPage]
  const scaled = `where it takes ${pageOfReference} ms, the run takes ${minutes(total * share)}`
  return [...lines, `The queue page of the floor takes ${page}: ${scaled}`].join('\n')
}

const minutes = (seconds: number): string => `${(seconds / 60).toFixed(1)} min`
