import { reopenedClock, switchTime } from '#server/calendars/rules/deadlines.ts'
import { minutesPerDay } from '#server/calendars/rules/working-time.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import type { Rating } from '#server/reports/rules/lifecycle.ts'
import { robotActor } from '../life.ts'
import type { Story } from '../story.ts'
import { say } from './exchange.ts'

/** The citizen rates the answer, with or without a comment. */
export function rate(story: Story, rating: Rating, isWordy: boolean, when: Date): void {
  const { life, world } = story
  const at = life.reach(when)
  const who = story.citizen()
  const words = isWordy ? world.voices.ratingWords(story.telling(), rating) : ''
  const messageId = words === '' ? null : say(story, 'added', who, words)
  life.move('rate', {
    who,
    set: { rating, closedAt: life.row.closedAt ?? at, stateBefore: null },
    details: { rating, ...(messageId && { messageId }) },
    byCitizen: true,
  })
}

/** The rating window has passed. */
export function close({ life }: Story, when: Date): void {
  const at = life.reach(when)
  life.move('close', { who: robotActor, set: { closedAt: at, stateBefore: null } })
}

/** Reopened at the citizen's request, at the agency that answered or, if that has ended, at the desk. */
export function reopen(story: Story, when: Date): void {
  const { life, world, agency } = story
  const at = life.reach(when)
  const reason = world.voices.wishToReopen(story.telling())
  const previous = life.clock('resolution')
  const lastAgencyEnded = !!agency?.validTo && localDayOf(at) > agency.validTo
  if (previous) {
    const calendarId = agency && !lastAgencyEnded ? agency.calendarId : previous.calendarId
    const day = minutesPerDay(life.timeOf(calendarId), at)
    const clock = reopenedClock(previous.clock, at, life.timeOf(previous.calendarId), day)
    life.startClock(switchTime(clock, story.clockTime(at), at), calendarId)
  }
  life.move('reopen', {
    who: story.dispatcher(),
    set: {
      reopenCount: (life.row.reopenCount ?? 0) + 1,
      answeredAt: null,
      closedAt: null,
      rating: null,
      stateBefore: null,
      ...(lastAgencyEnded && { agencyId: null, assigneeId: null }),
    },
    circumstances: { lastAgencyEnded },
    details: { reason },
    byCitizen: true,
  })
  if (lastAgencyEnded) story.agency = null
}
