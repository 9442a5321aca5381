import { localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import type { Channel } from '#server/reports/rules/lifecycle.ts'
import { type DayPlan, momentsOf } from './rates.ts'
import { showpiecesOf } from './showpieces.ts'
import type { World } from './world.ts'

/** A new report of the morning: what it is about, and what the person who takes it in meets with it. */
export type Errand = {
  categoryCode: string
  isUrgent?: boolean
  /** Those with the same letter are about one matter in one street, each in its own words. */
  alike?: string
  /** An address, but no point on the map and no commune: somebody has to find the place. */
  hasPin?: false
  /** If it has to be this one. Letters and visits come at the hours of the counter only. */
  channel?: Channel
}

/**
 * What waits at the desk whenever somebody opens the demo, the newest first: every kind of matter, two urgent ones, two
 * groups that are alike, some without a pin.
 */
export const errands: readonly Errand[] = [
  { categoryCode: 'MT-01', alike: 'a' },
  { categoryCode: 'GT-01', isUrgent: true, channel: 'hotline' },
  { categoryCode: 'MT-01', alike: 'a' },
  { categoryCode: 'CS-01', hasPin: false, channel: 'app' },
  { categoryCode: 'DT-01' },
  { categoryCode: 'TN-02', alike: 'b' },
  { categoryCode: 'XB-01', channel: 'web' },
  { categoryCode: 'TN-02', alike: 'b', hasPin: false, channel: 'hotline' },
  { categoryCode: 'CX-02', channel: 'open311' },
  { categoryCode: 'TT-01', channel: 'email' },
  { categoryCode: 'DN-03' },
  { categoryCode: 'VT-01', hasPin: false },
  { categoryCode: 'CX-01', isUrgent: true, channel: 'app' },
  { categoryCode: 'MT-01', alike: 'a', hasPin: false, channel: 'hotline' },
  { categoryCode: 'XD-01' },
  { categoryCode: 'GD-01', channel: 'web' },
  { categoryCode: 'NN-01' },
  { categoryCode: 'KH-02' },
  { categoryCode: 'YT-01' },
  { categoryCode: 'AN-03', channel: 'app' },
  { categoryCode: 'KH-99' },
  { categoryCode: 'DT-04' },
  { categoryCode: 'GT-04', channel: 'open311' },
  { categoryCode: 'VH-01', hasPin: false },
  { categoryCode: 'XH-01', channel: 'walk_in' },
  { categoryCode: 'DD-01' },
  { categoryCode: 'GT-02' },
  { categoryCode: 'KD-01' },
  { categoryCode: 'TL-03' },
  { categoryCode: 'LP-01', channel: 'email' },
  { categoryCode: 'DT-05' },
  { categoryCode: 'KH-01', channel: 'web' },
]

/** How a report is waited for at the desk, so that at each opening of the demo as many are new as on a morning. */
export type Wait = {
  /** The errand it was written as, for the opening at which it was first waiting. */
  errand: (Errand & { openedAt: Date }) | null
  /** It is not looked at before. */
  until: Date | null
  /** It has been looked at by then. */
  by: Date | null
}

const free: Wait = { errand: null, until: null, by: null }

/** Longer than the holidays of Tết: what came before is taken in as usual. */
const reachDays = 16
const dayMillis = 86_400_000

export class Morning {
  readonly #waits = new Map<string, Wait>()

  /**
   * At each opening the latest arrivals wait, and those before them have been taken in, if need be by the colleague on
   * duty. Later openings change nothing of what happened before them.
   */
  constructor(world: World, days: readonly DayPlan[]) {
    for (const openedAt of world.openings) {
      let places = errands.length
      let urgent = errands.filter(({ isUrgent }) => isUrgent).length
      const written = errands.values()
      for (const key of arrivalsBefore(world, days, openedAt)) {
        const known = this.#waits.get(key) ?? free
        if (known.by) continue
        // As many urgent ones as at the first opening: those of before are taken in when others have come.
        if (places === 0 || (known.errand?.isUrgent && urgent === 0)) {
          this.#waits.set(key, { ...known, by: openedAt })
          continue
        }
        const errand = known.errand ?? { ...(written.next().value as Errand), openedAt }
        this.#waits.set(key, { errand, until: openedAt, by: null })
        places -= 1
        if (errand.isUrgent) urgent -= 1
      }
    }
  }

  of({ day }: DayPlan, place: number): Wait {
    return this.#waits.get(keyOf(day, place)) ?? free
  }
}

const keyOf = (day: string, place: number): string => `${day}/${place}`

/** The reports received before an opening, the newest first, but for showpieces, which have their own hours. */
function* arrivalsBefore(world: World, days: readonly DayPlan[], openedAt: Date): Generator<string> {
  const [first, last] = [localDayOf(new Date(openedAt.getTime() - reachDays * dayMillis)), localDayOf(openedAt)]
  for (const plan of days.filter(({ day }) => day >= first && day <= last).reverse()) {
    const moments = momentsOf(world.seed, plan)
    const pieces = showpiecesOf(world, plan, moments)
    for (let place = moments.length - 1; place >= 0; place -= 1) {
      const arrival = moments[place]
      if (arrival && !arrival.isStorm && arrival.at <= openedAt && !pieces.has(place)) yield keyOf(plan.day, place)
    }
  }
}

/** The first hour of the day and the last in which somebody on duty looks at the desk on days off. */
const [dutyFrom, dutyTo] = [6.5, 22.5]
const hourMillis = 3_600_000

/** When somebody on duty takes a report in that came on a day off: between two instants, if possible by day. */
export function onDuty(after: Date, by: Date, share: number): Date {
  const at = new Date(after.getTime() + Math.floor((by.getTime() - after.getTime()) * share))
  const midnight = startOfDay(localDayOf(at)).getTime()
  const hour = (at.getTime() - midnight) / hourMillis
  if (hour >= dutyFrom && hour < dutyTo) return at
  // In the night it is done the evening before, or not before the night is over.
  const evening = midnight + (hour < dutyFrom ? dutyTo - 24 : dutyTo) * hourMillis - Math.floor(share * hourMillis)
  if (evening > after.getTime()) return new Date(evening)
  return at
}
