import { parentPort, workerData } from 'node:worker_threads'
import { voicesFor } from './answers.ts'
import type { CityOrder, Stretch } from './crew.ts'
import { liveDay } from './days.ts'
import { planCity } from './plan.ts'
import { shelfOf } from './shelf.ts'
import { buildWorld } from './world.ts'
import { CityWriter } from './writer.ts'

const { seed, today, reports, photos } = workerData as CityOrder
const world = await buildWorld({
  seed,
  first: today,
  today,
  openings: [today],
  voices: voicesFor(),
  photos: shelfOf(photos),
})
const city = planCity(world, reports)

parentPort?.on('message', ({ days, firstId }: Stretch) => {
  const writer = new CityWriter(firstId)
  for (const plan of days) writer.addDay(plan.day, liveDay(world, city, plan))
  const texts = writer.take()
  parentPort?.postMessage(
    texts,
    texts.map(({ bytes }) => bytes.buffer),
  )
})
