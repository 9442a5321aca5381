import { dueOf } from '#server/calendars/rules/deadlines.ts'
import { isOpenAt } from '#server/calendars/rules/working-time.ts'
import type { Cell } from '#server/insights/rules/case-mix-rates.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'
import { silentRejectReasons } from '#server/reports/rules/lifecycle.ts'
import { cityWorkingTime } from '../plan.ts'
import type { DrawnCity } from './drawn-city.ts'

export type Promised = Omit<Cell, 'due' | 'missed'> & { dueAt: Date; isMissed: boolean }

/** The promises of the reports of these days: what the comparison on the board reads of the log. */
export function promisesOf({ world, city, live }: DrawnCity, since: Date): Promised[] {
  const working = cityWorkingTime(world)
  const lives = city.days.filter(({ day }) => startOfDay(day) >= since).flatMap(live)
  return lives.flatMap(({ life }): Promised[] => {
    const { agencyId: agency, categoryCode, severity, receivedAt, state, rejectReason } = life.row
    const isSilent = silentRejectReasons.some((reason) => reason === rejectReason)
    if (!agency || state === 'merged' || isSilent) return []
    return life.clocks.flatMap(({ clock, calendarId }) => {
      const dueAt = dueOf(clock, life.timeOf(calendarId))
      if (clock.kind !== 'resolution' || !dueAt || dueAt > world.today) return []
      const minutes = clock.targetMinutes - clock.extendedMinutes
      const limit = [480, 1440, 4800].filter((most) => minutes > most).length
      const stratum = [categoryCode, severity, limit, isOpenAt(receivedAt, working)].join(' ')
      const isMissed = !clock.stoppedAt || clock.stoppedAt > dueAt
      return [{ agency, stratum, group: categoryCode.slice(0, 2), dueAt, isMissed }]
    })
  })
}

/** The promises that fell due in [from, to), counted by agency and kind. */
export function cellsOf(promised: readonly Promised[], { from, to }: { from: Date; to: Date }): Cell[] {
  const within = promised.filter(({ dueAt }) => dueAt >= from && dueAt < to)
  return [...Map.groupBy(within, ({ agency, stratum }) => `${agency} ${stratum}`).values()].map((alike) => {
    const { agency, stratum, group } = alike[0] as Promised
    return { agency, stratum, group, due: alike.length, missed: alike.filter(({ isMissed }) => isMissed).length }
  })
}
