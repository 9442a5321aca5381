import { dueAt } from '#server/calendars/rules/working-time.ts'
import type { CityAgency, CityCategory } from './city.ts'
import { cityCalendarId } from './city.ts'
import type { Life } from './life.ts'
import type { Place } from './places.ts'
import type { Random } from './random.ts'
import type { Scene } from './scenes.ts'
import type { Telling } from './voices.ts'
import type { World } from './world.ts'

/** What the figures ask of a report: handled by then, or not before; nothing asked where both are null. */
export type Fate = { answeredBy: Date | null; answeredAfter: Date | null; isRejected: boolean; isSilent: boolean }

/** A report on its way through the desk, with what its chapters need: the people of its agency, the hours, the words. */
export class Story {
  readonly world: World
  readonly life: Life
  readonly random: Random
  readonly scene: Scene
  readonly place: Place
  readonly category: CityCategory
  readonly fate: Fate
  /** Urgent reports of a storm are worked on day and night. */
  readonly isStorm: boolean
  agency: CityAgency | null = null

  constructor(parts: Pick<Story, 'world' | 'life' | 'random' | 'scene' | 'place' | 'category' | 'fate' | 'isStorm'>) {
    this.world = parts.world
    this.life = parts.life
    this.random = parts.random
    this.scene = parts.scene
    this.place = parts.place
    this.category = parts.category
    this.fate = parts.fate
    this.isStorm = parts.isStorm
  }

  /** So many working minutes on, give or take; never past the day by which the figures want it answered. */
  after(minutes: number): Date {
    const { life, fate } = this
    const spread = Math.max(1, Math.round(minutes * this.random.between(0.6, 1.4)))
    const at = this.isStorm
      ? new Date(life.now.getTime() + spread * 60_000)
      : dueAt(life.now, spread, life.timeOf(this.agency?.calendarId ?? cityCalendarId))
    const shaken = new Date(at.getTime() + this.random.int(1, 55) * 1000)
    if (fate.answeredBy === null || shaken < fate.answeredBy) return shaken
    const left = Math.max(0, fate.answeredBy.getTime() - life.now.getTime())
    return new Date(life.now.getTime() + Math.floor(left * 0.3))
  }

  dispatcher(): { kind: 'staff'; id: string } {
    return { kind: 'staff', id: this.random.pick(this.world.staff.dispatchers) }
  }

  officer(): { kind: 'staff'; id: string } {
    return {
      kind: 'staff',
      id: this.random.pick(this.world.staff.officersOf.get(this.agency?.id ?? '') ?? this.world.staff.dispatchers),
    }
  }

  approver(): { kind: 'staff'; id: string } {
    return {
      kind: 'staff',
      id: this.random.pick(this.world.staff.approversOf.get(this.agency?.id ?? '') ?? this.world.staff.dispatchers),
    }
  }

  /** Whoever has the report in hand, else anyone of the agency. */
  handler(): { kind: 'staff'; id: string } {
    return this.life.row.assigneeId ? { kind: 'staff', id: this.life.row.assigneeId } : this.officer()
  }

  telling(at: Date): Telling {
    const local = new Date(at.getTime() + 7 * 3_600_000)
    return {
      random: this.random,
      scene: this.scene,
      place: this.place,
      moment: {
        hour: local.getUTCHours(),
        day: local.getUTCDate(),
        month: local.getUTCMonth() + 1,
        hasDistricts: local.toISOString().slice(0, 10) < '2025-07-01',
      },
      agency: this.agency?.name ?? '',
      at,
    }
  }
}
