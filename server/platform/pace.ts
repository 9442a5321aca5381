import { setTimeout as pause } from 'node:timers/promises'
import { longestRun, restAfter, usualWork } from './rules/pace.ts'

/** Called between two units of a long job: rests, and says whether the job goes on. */
export type Pace = () => Promise<boolean>

export const withoutRest: Pace = async () => true

const leaving = new AbortController()

/** The process ends: runs of it that rest go on at once, and are broken off after the next unit. */
export const endRests = (): void => leaving.abort()

/** The runs of this process that catch up. */
const catchingUp = new Set<object>()

/** What passes the time: milliseconds. A rest ends early when the process leaves. */
type Clock = { now: () => number; rest: (millis: number) => Promise<unknown> }
const ownClock: Clock = {
  now: () => performance.now(),
  rest: (millis) => pause(millis, undefined, { signal: leaving.signal }).catch(() => undefined),
}

/**
 * A job that may be years behind, as after an import. It shares its process and the database with people and with the
 * jobs that people wait for: after a second of work it rests in proportion to its work, and after a minute it is broken
 * off and `again` queues it behind the others.
 */
export async function paced(
  work: (pace: Pace) => Promise<unknown>,
  again: () => Promise<unknown>,
  { now, rest }: Clock = ownClock,
): Promise<void> {
  const run = {}
  const began = now()
  let [resumed, total, isBrokenOff] = [began, 0, false]
  const pace = async () => {
    const worked = now() - resumed
    total += worked
    if (total > usualWork) catchingUp.add(run)
    await rest(restAfter({ worked, total, jobs: catchingUp.size }))
    isBrokenOff = leaving.signal.aborted || now() - began > longestRun
    resumed = now()
    return !isBrokenOff
  }
  try {
    await work(pace)
  } finally {
    catchingUp.delete(run)
  }
  if (isBrokenOff) await again()
}
