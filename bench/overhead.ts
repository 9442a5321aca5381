import { setTimeout as pause } from 'node:timers/promises'
import type { Database, DatabaseClient } from '#db/client.ts'
import { catchUp } from '#server/insights/commands/catch-up.ts'
import { fillDays, fillMonths } from '#server/insights/commands/fill-sums.ts'
import type { Job } from './jobs.ts'
import { type Range, shoot, summed } from './measure.ts'

/**
 * Pairs of turns, paused and running: a machine that others use as well is not the same from one second to the next.
 */
const pairs = 4
const connections = 16

/**
 * What keeping the figures costs whoever writes: the same job with the figures left alone, and with a process beside it
 * that catches up without ever resting. The desk's own job rests up to a minute between two looks.
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
