import { openMinutesBetween, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { dayAfter, type LocalDay, startOfDay } from '#server/platform/rules/local-day.ts'
import { Random } from './random.ts'
import { type DayPlan, pressDay } from './rates.ts'

/** The published share: 75.x % handled by the end of the window. */
const handledShare = 0.7576
/** The number of last days of which fewer reports are handled yet. */
const freshDays = 16
/** The office time, in minutes, that a report needs to be handled within the window. */
const leastMinutes = 210

export const pressEnd = startOfDay(dayAfter(pressDay))

/**
 * Decides which reports of the press window were handled by its end, so that the published share is reached regardless
 * of random draws. Each day is decided separately: the outcome does not depend on which days were drawn before.
 */
export class PressFigures {
  readonly #shares: ReadonlyMap<LocalDay, number>
  readonly #seed: string
  readonly #working: WorkingTime

  constructor(plans: readonly DayPlan[], seed: string, working: WorkingTime) {
    const press = plans.filter((plan) => plan.day <= pressDay)
    const freshness = (at: number) => Math.min(1, 0.2 + (0.8 * (press.length - 1 - at)) / freshDays)
    const total = press.reduce((sum, plan) => sum + plan.reports, 0)
    const weighted = press.reduce((sum, plan, at) => sum + plan.reports * freshness(at), 0)
    this.#shares = new Map(press.map((plan, at) => [plan.day, (handledShare * total * freshness(at)) / weighted]))
    this.#seed = seed
    this.#working = working
  }

  /** Returns a function to call for the reports of one day in the order of receipt, without those that do not count. */
  openDay(day: LocalDay): (report: { at: Date; isRejected: boolean; isStorm: boolean }) => 'handled' | 'open' {
    const share = this.#shares.get(day) ?? 0
    let owed = new Random(`${this.#seed}/press/${day}`).float()
    return ({ at, isRejected, isStorm }) => {
      owed += share
      const mayBe = isStorm || openMinutesBetween(at, pressEnd, this.#working) >= leastMinutes
      if (isRejected || !mayBe || (!isStorm && owed < 1)) return 'open'
      owed -= 1
      return 'handled'
    }
  }
}
