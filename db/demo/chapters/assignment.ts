import { resolutionMinutes, startClock, stopClock } from '#server/calendars/rules/deadlines.ts'
import { dueAt } from '#server/calendars/rules/working-time.ts'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import { type CityAgency, cityCalendarId } from '../city.ts'
import { partnersOf, successorOf } from '../routing.ts'
import type { Story } from '../story.ts'

/** All agencies that hold or held it, each once. */
const holders = (before: readonly string[] | undefined, more: readonly string[]) => [
  ...new Set([...(before ?? []), ...more]),
]

export function assign(story: Story, agency: CityAgency, when: Date): void {
  const { life, category, world, place } = story
  const at = life.reach(story.atDesk(when))
  if (life.clock('intake')?.clock.stoppedAt === null) life.changeClock((clock) => stopClock(clock, at))
  if (life.clock('resolution')?.clock.stoppedAt !== null) {
    const minutes = resolutionMinutes(category, life.row.severity)
    life.startClock(startClock('resolution', at, minutes, story.clockTime(at)), agency.calendarId)
  }
  life.move('assign', {
    who: story.dispatcher(),
    set: {
      agencyId: agency.id,
      heldBy: holders(life.row.heldBy, [agency.id, ...partnersOf(world, category, place.commune, at)]),
      assigneeId: null,
    },
    details: { agencyId: agency.id },
  })
  story.agency = agency
}

/** The officer who accepts it becomes the assignee. */
export function accept(story: Story, when: Date): void {
  const { life } = story
  life.reach(when)
  const who = story.officer()
  life.move('accept', { who, set: { assigneeId: who.id }, details: { assigneeId: who.id } })
}

/** The head of the agency accepts it and is the assignee for the moment. */
export function acceptAsHead(story: Story, when: Date): void {
  const { life } = story
  life.reach(when)
  const who = story.approver()
  life.move('accept', { who, set: { assigneeId: who.id }, details: { assigneeId: who.id } })
}

/** The head of the agency assigns it to an officer. */
export function assignPerson(story: Story, when: Date): void {
  const { life } = story
  life.reach(when)
  const to = story.officer().id
  life.move('assign_person', {
    who: story.approver(),
    set: { assigneeId: to },
    details: { assigneeId: [life.row.assigneeId ?? null, to] },
  })
}

/** Wrong agency: returned to the desk, mostly with a suggested agency. */
export function giveBack(story: Story, suggested: CityAgency, when: Date): void {
  const { life, world, random } = story
  life.reach(when)
  life.move('return', {
    who: story.officer(),
    set: { agencyId: null, assigneeId: null, returnCount: (life.row.returnCount ?? 0) + 1 },
    details: {
      agencyId: life.row.agencyId,
      reason: world.voices.returnReason(story.telling()),
      ...(random.chance(0.6) && { suggestedAgencyId: suggested.id }),
    },
  })
  story.agency = null
}

/** The changes and details of a transfer, regardless of who decides on it. */
export function transferOf({ life }: Story, to: CityAgency, reason: string) {
  return {
    set: {
      agencyId: to.id,
      assigneeId: null,
      heldBy: holders(life.row.heldBy, [to.id]),
      transferCount: (life.row.transferCount ?? 0) + 1,
    },
    details: { from: life.row.agencyId, agencyId: to.id, reason },
  }
}

/** The head of the agency transfers it at once. */
export function transfer(story: Story, to: CityAgency, when: Date): void {
  const { life, world } = story
  life.reach(when)
  const reason = world.voices.transferReason(story.telling())
  life.move('transfer', { who: story.approver(), ...transferOf(story, to, reason) })
  story.agency = to
}

const halfHour = 1_800_000
const lastHours = 8 * 3_600_000

/**
 * An agency that ends before `next` hands its reports over: the desk sends them to the successor on the first morning.
 * Reports whose state does not allow this are finished on the agency's last afternoon. Returns when the next act may
 * be.
 */
export function handOver(story: Story, next: Date): Date {
  const { agency, life, world, place } = story
  if (!agency?.validTo) return next
  const ended = startOfDay(dayAfter(agency.validTo))
  if (next < ended) return next
  if (life.row.state !== 'awaiting_acceptance' && life.row.state !== 'in_progress') {
    const last = new Date(ended.getTime() - lastHours)
    return life.now < last ? last : new Date(Math.min(life.now.getTime() + halfHour, ended.getTime() - 1))
  }
  const opening = dueAt(ended, story.random.int(5, 150), life.timeOf(cityCalendarId))
  const at = life.reach(opening)
  const successor = successorOf(world, agency, place.commune, at)
  const reason = world.voices.handOverReason(story.telling())
  life.move('transfer', { who: story.dispatcher(), ...transferOf(story, successor, reason) })
  story.agency = successor
  accept(story, story.after(60))
  return next > life.now ? next : story.after(90)
}
