import { dueAt } from '#server/calendars/rules/working-time.ts'
import { cityCalendarId } from '../city.ts'
import type { Life } from '../life.ts'
import type { Story } from '../story.ts'

/**
 * Linked as the same matter within minutes, before anything can be merged into it. To which report is filled in when both have
 * their numbers. Drawn from a stream of its own: what comes after stays as it would have been.
 */
export function link({ life, random, world }: Story): void {
  const own = random.fork('link')
  life.reach(dueAt(life.now, own.int(3, 9), life.timeOf(cityCalendarId)))
  life.act('report.linked', { who: { kind: 'staff', id: own.pick(world.staff.dispatchers) } })
}

/** Every answer that has left since for the reporter of the report that it follows reached its citizen too, also by a link in between. */
export function passOn(life: Life, followed: { life: Life; number: number }, since: Date): void {
  const { number, life: other } = followed
  for (const { event, at, details } of other.events) {
    const isSent = event === 'report.answer_sent'
    const isPassedOn = event === 'report.answer_passed_on'
    if ((!isSent && !isPassedOn) || at < since) continue
    const { answerId, fromNumber = number } = details ?? {}
    const later = life.events.findIndex((each) => each.at > at)
    life.events.splice(later < 0 ? life.events.length : later, 0, {
      at,
      event: 'report.answer_passed_on',
      subjectKind: 'report',
      actorKind: 'robot',
      actorId: null,
      agencyId: null,
      fromState: null,
      toState: null,
      version: null,
      details: { answerId, fromNumber },
    })
  }
}
