import { dueAt } from '#server/calendars/rules/working-time.ts'
import { cityCalendarId } from '../city.ts'
import type { EventRow, Life } from '../life.ts'
import type { Story } from '../story.ts'

/**
 * Linked as the same matter within minutes, before anything can be merged into it. The other report is filled in when
 * both have their numbers. Uses a separate random stream, so that later draws are not affected.
 */
export function link(story: Story): void {
  const { life, random, world } = story
  const own = random.fork('link')
  life.reach(story.atDesk(dueAt(life.now, own.int(3, 9), life.timeOf(cityCalendarId))))
  life.act('report.linked', { who: { kind: 'staff', id: own.pick(world.staff.dispatchers) } })
}

type Followed = { life: Life; number: number }

/**
 * Every answer sent since to the reporter of the followed report also reached this report's citizen, including through
 * a link in between.
 */
export function passOn(life: Life, followed: Followed, since: Date): void {
  const standing = standingAt(followed.life, since)
  const leavesAt = new Date(since.getTime() + undoMillis)
  if (standing && leavesAt <= life.asOf) tellOfAnswer(life, followed, { ...standing, at: leavesAt })
  for (const event of followed.life.events) {
    if (isAnswer(event) && event.at >= since) tellOfAnswer(life, followed, event)
  }
}

const undoMillis = 15_000
const isAnswer = ({ event }: EventRow) => event === 'report.answer_sent' || event === passedOn
const passedOn = 'report.answer_passed_on'

/** The answer sent before that no reopening has superseded by the time it is passed on. */
function standingAt({ events }: Life, since: Date): EventRow | undefined {
  const before = events.filter(({ at }) => at.getTime() < since.getTime() + undoMillis)
  const reopened = before.findLastIndex(({ event }) => event === 'report.reopened')
  return before.slice(reopened + 1).findLast((event) => isAnswer(event) && event.at < since)
}

function tellOfAnswer(life: Life, { number }: Followed, { at, details }: EventRow): void {
  const { answerId, fromNumber = number } = details ?? {}
  const later = life.events.findIndex((each) => each.at > at)
  life.events.splice(later < 0 ? life.events.length : later, 0, {
    at,
    event: passedOn,
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
