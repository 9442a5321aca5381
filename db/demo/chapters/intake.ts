import { maturesAt, startClock, stopClock } from '#server/calendars/rules/deadlines.ts'
import { dueAt } from '#server/calendars/rules/working-time.ts'
import { needsAnswer, type RejectReason } from '#server/reports/rules/lifecycle.ts'
import { noOutcome } from '#server/reports/rules/outcome.ts'
import { cityCalendarId } from '../city.ts'
import type { Story } from '../story.ts'
import { uuidAt } from '../uuid.ts'
import { categoryOf } from '../world.ts'
import { assertItLeaves, queuedAnswer, sendAnswer } from './answering.ts'

/**
 * The report is received: from the citizen's own app, or recorded by the dispatcher who answered the call, who may
 * enter it later.
 */
export function receive(story: Story): void {
  const { life, world } = story
  const { row } = life
  const category = categoryOf(world, row.categoryCode)
  row.maturesAt = maturesAt(row.receivedAt, category, life.timeOf(cityCalendarId))
  life.startClock(startClock('intake', row.receivedAt, category.intakeMinutes), cityCalendarId)
  life.act('report.received', {
    who: story.citizen(),
    details: {
      channel: row.channel,
      source: row.source,
      category: category.code,
      ...(life.photos.length > 0 && { photos: life.photos.map(({ fileId }) => fileId) }),
    },
    byCitizen: true,
    recordedAt: life.enteredAt,
  })
  if (life.enteredAt) life.reach(life.enteredAt)
  if (story.wait.until) life.reach(story.wait.until)
}

/** Adds tags. */
export function label(story: Story, tags: string[], when: Date): void {
  const { life } = story
  life.reach(story.atDesk(when))
  life.act('report.tags_changed', { who: story.dispatcher(), set: { tags }, details: { tags: [life.row.tags, tags] } })
}

/**
 * The dispatcher corrects the category under which it was received. Uses a separate random stream, so that later draws
 * are not affected.
 */
export function correctCategory(story: Story): void {
  const { life, random, world, category } = story
  const before = life.row.categoryCode
  if (before === category.code) return
  const own = random.fork('category')
  life.reach(story.atDesk(dueAt(life.now, own.int(4, 40), life.timeOf(cityCalendarId))))
  life.act('report.category_changed', {
    who: { kind: 'staff', id: own.pick(world.staff.dispatchers) },
    set: { categoryCode: category.code },
    details: { category: [before, category.code] },
  })
}

export function reject(story: Story, reason: RejectReason, when: Date): void {
  const { life, random, world } = story
  const owed = needsAnswer(reason)
  const desk = story.atDesk(when)
  if (owed) assertItLeaves(story, desk)
  const at = life.reach(desk)
  const who = story.dispatcher()
  const id = uuidAt(random, at)
  const answer = owed
    ? queuedAnswer(story, id, who.id, {
        what: world.voices.rejection(story.telling(), reason),
        outcome: noOutcome,
      })
    : null
  if (answer) life.answers.push({ ...answer, kind: 'rejection' })
  life.changeClock((clock) => stopClock(clock, at))
  life.move('reject', {
    who,
    set: { stateBefore: life.row.state, rejectReason: reason, answeredAt: at },
    details: { reason, ...(answer && { answerId: id, sendAt: answer.sendAt.toISOString() }) },
  })
  if (answer) sendAnswer(story)
}

/** Merges it; the canonical report is filled in when both have their numbers. */
export function merge(story: Story, when: Date): void {
  const { life } = story
  const at = life.reach(story.atDesk(when))
  life.changeClock((clock) => stopClock(clock, at))
  life.move('merge', {
    who: story.dispatcher(),
    set: { stateBefore: life.row.state },
    details: { stateBefore: life.row.stateBefore ?? null },
  })
}
