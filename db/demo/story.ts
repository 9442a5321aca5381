import type { ClockTime } from '#server/calendars/rules/deadlines.ts'
import { alwaysOpen, dueAt, openMinutesBetween, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { aheadOfUtc, dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import { type Channel, staffChannels } from '#server/reports/rules/lifecycle.ts'
import { clockTimeIn } from '#server/reports/rules/storm.ts'
import { type CityAgency, type CityCategory, cityCalendarId } from './city.ts'
import type { Life, StaffActor, Who } from './life.ts'
import { onDuty, type Wait } from './morning.ts'
import type { Place } from './places.ts'
import type { Random } from './random.ts'
import { wrongAgencyFor } from './routing.ts'
import type { Scene } from './scenes.ts'
import type { Telling } from './voices.ts'
import { momentAt } from './words.ts'
import type { Storm, World } from './world.ts'

/** What the figures require of a report: answered by then, or not before; nothing if both are null. */
export type Fate = { answeredBy: Date | null; answeredAfter: Date | null }

/** The accounts that handle the report, if they must be particular ones. */
export type Hands = { dispatcher?: string; officer?: string; approver?: string }

type Parts = {
  world: World
  life: Life
  random: Random
  scene: Scene
  place: Place
  category: CityCategory
  fate: Fate
  wait: Pick<Wait, 'until' | 'by'>
  /** The storm of an urgent report: then it is worked on day and night. */
  storm: Storm | null
  hands: Hands
}

const minuteMillis = 60_000
const hourMillis = 60 * minuteMillis
const dayMillis = 24 * hourMillis

/**
 * The history of a report, with what its chapters need: the staff of its agency, the hours, the texts.
 */
export class Story {
  readonly world: World
  readonly life: Life
  readonly random: Random
  readonly category: CityCategory
  readonly scene: Scene
  readonly place: Place
  readonly fate: Fate
  readonly wait: Pick<Wait, 'until' | 'by'>
  readonly storm: Storm | null
  agency: CityAgency | null = null
  readonly #hands: Hands

  constructor({ world, life, random, scene, place, category, fate, wait, storm, hands }: Parts) {
    this.world = world
    this.life = life
    this.random = random
    this.scene = scene
    this.place = place
    this.category = category
    this.fate = fate
    this.wait = wait
    this.storm = storm
    this.#hands = hands
  }

  /** The hours in which the agency that holds it works. */
  get hours(): WorkingTime {
    return this.storm ? alwaysOpen : this.life.timeOf(this.agency?.calendarId ?? cityCalendarId)
  }

  /** The kind of time in which a resolution clock that starts now runs. */
  clockTime(at: Date): ClockTime {
    return clockTimeIn(this.life.row.severity, this.storm, at)
  }

  /** About `minutes` working minutes later; never after the day by which the figures require an answer. */
  after(minutes: number, give = 0.4): Date {
    const { life, fate, random } = this
    const wanted = Math.max(1, Math.round(minutes * random.between(1 - give, 1 + give)))
    const seconds = random.int(1, 55)
    const left = fate.answeredBy ? openMinutesBetween(life.now, fate.answeredBy, this.hours) : 0
    // Once that day has passed there is no limit any more.
    if (fate.answeredBy === null || left <= 0) return plus(dueAt(life.now, wanted, this.hours), seconds)
    const at = dueAt(life.now, Math.min(wanted, left * 0.3), this.hours)
    const unrounded = plus(at, seconds)
    return unrounded < fate.answeredBy ? unrounded : at
  }

  /** When the desk does it: at that time, or earlier where it must be done before the demo is opened. */
  atDesk(when: Date): Date {
    const { life, random, wait } = this
    if (!wait.by || when < wait.by || life.now >= wait.by) return when
    return onDuty(life.now, wait.by, random.fork(`on duty ${life.events.length}`).between(0.2, 0.9))
  }

  /**
   * When a citizen responds: at any hour of the day but not at night, or during office hours if staff record it.
   */
  whenCitizen(minutes: number): Date {
    const { life, random } = this
    let at = life.now.getTime() + Math.round(minutes * random.between(0.6, 1.4)) * minuteMillis
    const hour = ((at + aheadOfUtc) % dayMillis) / hourMillis
    if (hour < 6.5 || hour >= 22.5) at += Math.round((((30.5 - hour) % 24) + random.between(0, 3)) * hourMillis)
    const said = plus(new Date(at), random.int(1, 55))
    return this.#isNotedDown ? dueAt(said, random.int(2, 50), life.timeOf(cityCalendarId)) : said
  }

  /** Who records what the citizen says: they themselves, or the dispatcher who took the call. */
  citizen(): Who {
    return this.#isNotedDown ? this.dispatcher() : { kind: 'citizen' }
  }

  get #isNotedDown(): boolean {
    return (staffChannels as readonly Channel[]).includes(this.life.row.channel)
  }

  dispatcher(): StaffActor {
    const { random, world } = this
    return { kind: 'staff', id: this.#hands.dispatcher ?? random.pick(world.staff.dispatchers) }
  }

  officer(): StaffActor {
    return { kind: 'staff', id: this.#hands.officer ?? this.#oneOf(this.world.staff.officersOf) }
  }

  approver(): StaffActor {
    return { kind: 'staff', id: this.#hands.approver ?? this.#oneOf(this.world.staff.approversOf) }
  }

  /** The assignee of the report, else anyone of the agency. */
  handler(): StaffActor {
    return this.life.row.assigneeId ? { kind: 'staff', id: this.life.row.assigneeId } : this.officer()
  }

  #oneOf(staffOf: ReadonlyMap<string, string[]>): string {
    return this.random.pick(staffOf.get(this.agency?.id ?? '') ?? this.world.staff.dispatchers)
  }

  /** A plausible wrong agency that has not had it. */
  wrongAgency(at: Date): CityAgency {
    const { world, random, category, place, life } = this
    const given = life.events.map(({ details }) => details?.agencyId)
    const tried = given.filter((id): id is string => typeof id === 'string')
    return wrongAgencyFor(world, random, { category, commune: place.commune, at, tried })
  }

  /** Whether the agency and the required figures leave this many days: otherwise nothing long is begun. */
  hasDays(days: number): boolean {
    const { agency, life, fate } = this
    const then = new Date(life.now.getTime() + days * dayMillis)
    const isInOffice = !agency?.validTo || then < startOfDay(dayAfter(agency.validTo))
    return isInOffice && (fate.answeredBy === null || then < fate.answeredBy || life.now > fate.answeredBy)
  }

  telling(): Telling {
    const { random, scene, place, agency, life } = this
    return { random, scene, place, moment: momentAt(life.now), agency: agency?.name ?? '', at: life.now }
  }
}

const plus = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000)
