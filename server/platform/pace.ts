import { setTimeout as pause } from 'node:timers/promises'
import { longestRun, restAfter, usualWork } from './rules/pace.ts'

/** Called between two units of a long job: rests, and says whether the job goes on. */
export type Pace = () => Promise<boolean>

export const withoutRest: Pace = async () => true

/** The runs of this process that catch up. */
const catchingUp = new Set<object>()

/**
 * A job that may be years behind, as after an import. It shares its process and the database with people and with the
 * jobs that people wait for: after a second of work it rests in proportion to its work, and after a minute it is broken
 * off and `again` queues it behind the others.
 */
export async function paced(work: (pace: Pace) => Promise<unknown>, again: () => Promise<unknown>): Promise<void> {
  const run = {}
  const began = performance.now()
  let [resumed, total, isBrokenOff] = [began, 0, false]
  const pace = async () => {
    const worked = performance.now() - resumed
    total += worked
    if (total > usualWork) catchingUp.add(run)
    isBrokenOff = performance.now() - began > longestRun
    await pause(restAfter({ worked, total, jobs: catchingUp.size }))
    resumed = performance.now()
    return !isBrokenOff
  }
  try {
    await work(pace)
  } finally {
    catchingUp.delete(run)
  }
  if (isBrokenOff) await again()
}
