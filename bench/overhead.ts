import { setTimeout as pause } from 'node:timers/promises'
import type { Database, DatabaseClient } from '#db/client.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'
import { fillDays, fillMonths } from '#server/insights/commands/fill-sums.ts'
import type { Job } from './jobs.ts'
import { type Range, shoot, summed } from './measure.ts'

/**
 * Pairs of turns, paused and running, because the speed of a shared machine changes from one second to the next.
 */
const pairs = 4
const connections = 16

/**
 * The cost of maintaining the figures for writers: the same job without maintenance, and with a process beside it that
 * catches up continuously. The desk's own job waits up to a minute between two runs.
 */
export async function overheadOf(
  { db }: DatabaseClient,
  job: Job,
  range: Pick<Range, 'url' | 'headers'>,
): Promise<string> {
  const shots = (await job.shots?.(connections)) ?? []
  const perTurn = Math.floor(shots.length / (2 * pairs))
  const stretches = { paused: [], running: [] } as Record<'paused' | 'running', Awaited<ReturnType<typeof shoot>>[]>
  const turn = () => shoot({ ...range, connections, seconds: 0 }, shots.splice(0, perTurn), true)
  for (let pair = 0; pair < pairs; pair += 1) {
    await keepUp(db)
    stretches.paused.push(await turn())
    await keepUp(db)
    const stop = keepFigures(db)
    stretches.running.push(await turn())
    await stop()
  }
  const [paused, running] = [summed(stretches.paused), summed(stretches.running)]
  const lost = 100 * (1 - running.rate / paused.rate)
  return `${job.title}: ${paused.rate.toFixed(0)}/s, ${running.rate.toFixed(0)}/s while the figures are kept: ${lost.toFixed(0)} % less (goal: under 15 %)`
}

async function keepUp(db: Database): Promise<void> {
  const now = new Date()
  await catchUp(db)
  await fillDays(db, now)
  await fillMonths(db, now)
}

function keepFigures(db: Database): () => Promise<void> {
  let isStopping = false
  const going = (async () => {
    while (!isStopping) {
      await catchUp(db, { goesOn: () => !isStopping })
      await fillDays(db, new Date())
      await pause(100)
    }
  })()
  return async () => {
    isStopping = true
    await going
  }
}
