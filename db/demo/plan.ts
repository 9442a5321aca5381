import { dueAt, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { cityCalendarId } from './city.ts'
import { Morning } from './morning.ts'
import { PressFigures } from './press.ts'
import { currentDaysFrom, type DayPlan, planDays, planLaterDay } from './rates.ts'
import type { World } from './world.ts'

/** The reports of the city by day, and the required figures. Drawn once, for the hour of the first seeding. */
export type CityPlan = {
  days: readonly DayPlan[]
  press: PressFigures
  morning: Morning
  /** By then the reports of the thinned days are answered. */
  thinnedBy: Date
}

const thinnedMinutes = 3 * 480

export function planCity(world: World, reports: number): CityPlan {
  const working = cityWorkingTime(world)
  const { first, today, seed } = world
  const span = { reports, today: first, seed, working }
  const planned = planDays(span)
  const later: DayPlan[] = []
  const last = localDayOf(today)
  for (let day = dayAfter(localDayOf(first)); day <= last; day = dayAfter(day)) {
    later.push(planLaterDay(span, day))
  }
  const days = [...planned, ...later]
  return {
    days,
    press: new PressFigures(planned, seed, working),
    morning: new Morning(world, days),
    thinnedBy: dueAt(startOfDay(currentDaysFrom(localDayOf(first), working)), thinnedMinutes, working),
  }
}

/** The office hours of the city itself. */
export function cityWorkingTime(world: Pick<World, 'times'>): WorkingTime {
  const working = world.times.get(cityCalendarId)
  if (!working) throw new Error('the city has no calendar')
  return working
}
