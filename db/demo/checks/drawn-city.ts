import { voicesFor } from '../answers.ts'
import { type LivedReport, liveDay } from '../days.ts'
import { type CityPlan, planCity } from '../plan.ts'
import type { DayPlan } from '../rates.ts'
import { type ShelvedPhoto, shelfOf } from '../shelf.ts'
import { buildWorld, type World } from '../world.ts'

export type DrawnCity = { world: World; city: CityPlan; live: (plan: DayPlan) => LivedReport[] }

type Wanted = { today: string; first?: string; reports?: number; seed?: string; photos?: ShelvedPhoto[] }

/**
 * A city generated without a database, and without photos unless some are given. Times are Hanoi time:
 * `2026-11-25T09:40`.
 */
export async function drawCity({
  today,
  first = today,
  reports = 12_000,
  seed = 'hanoi/1',
  photos = [],
}: Wanted): Promise<DrawnCity> {
  const hours = { today: new Date(`${today}+07:00`), first: new Date(`${first}+07:00`) }
  const openings = first === today ? [hours.today] : [hours.first, hours.today]
  const world = await buildWorld({ seed, ...hours, openings, voices: voicesFor(), photos: shelfOf(photos) })
  const city = planCity(world, reports)
  return { world, city, live: (plan) => liveDay(world, city, plan) }
}
