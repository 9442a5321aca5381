/** Milliseconds of work. What recurs every day or minute is shorter; a job that works longer is catching up. */
export const usualWork = 1_000

/** All jobs of a process that catch up work for this share of the time; in the rest others have the process. */
const workShare = 1 / 6

const longestRest = 10_000

/** How long a job goes on until it is queued again, so that a process that ends does not wait for years of work. */
export const longestRun = 60_000

/** `worked`: since the last rest; `total`: of this run. `jobs`: how many catch up in this process. Milliseconds. */
export function restAfter({ worked, total, jobs }: { worked: number; total: number; jobs: number }): number {
  return total <= usualWork ? 0 : Math.min(worked * (Math.max(1, jobs) / workShare - 1), longestRest)
}
