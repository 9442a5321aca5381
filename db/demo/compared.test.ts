import { expect, test } from 'vitest'
import { dueOf } from '#server/calendars/rules/deadlines.ts'
import { isOpenAt } from '#server/calendars/rules/working-time.ts'
import { type Cell, compareMixes, isCompared, isNamed } from '#server/insights/rules/case-mix.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { silentRejectReasons } from '#server/reports/rules/lifecycle.ts'
import { type DrawnCity, drawCity } from './checks/drawn-city.ts'
import { paces } from './paces.ts'
import { cityWorkingTime } from './plan.ts'

type Promised = Omit<Cell, 'due' | 'missed'> & { dueAt: Date; isMissed: boolean }

/** The promises of the reports of these days: what the comparison on the board reads of the log. */
function promisesOf({ world, city, live }: DrawnCity, since: Date): Promised[] {
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

const cellsOf = (promised: readonly Promised[]): Cell[] =>
  [...Map.groupBy(promised, ({ agency, stratum }) => `${agency} ${stratum}`).values()].map((alike) => {
    const { agency, stratum, group } = alike[0] as Promised
    return { agency, stratum, group, due: alike.length, missed: alike.filter(({ isMissed }) => isMissed).length }
  })

test('the one slow and the one good agency are found on the board, and no other', { timeout: 300_000 }, async () => {
  const drawn = await drawCity({ today: '2026-11-29T18:30', reports: 24_000 })
  const to = startOfDay(localDayOf(drawn.world.today))
  const [from, yearBefore] = [90, 455].map((days) => startOfDay(dayAfter(localDayOf(to), -days))) as [Date, Date]
  // What falls due within a year was received at most two months before.
  const promised = promisesOf(drawn, startOfDay(dayAfter(localDayOf(yearBefore), -60)))
  const between = (first: Date, end: Date) => cellsOf(promised.filter(({ dueAt }) => dueAt >= first && dueAt < end))
  const { agencies } = compareMixes(between(from, to), between(yearBefore, from))
  const named = agencies.filter(isNamed).map(({ agency, standing }) => [agency, standing])
  expect(Object.fromEntries(named)).toEqual({ [paces.slow]: 'worse', [paces.good]: 'better' })
  expect(agencies.filter(isCompared).length).toBeGreaterThanOrEqual(10)
})
