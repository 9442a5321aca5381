import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import { commitmentDueAt, loggedOutcome, type OutcomeOf } from '#server/reports/rules/outcome.ts'
import type { Story } from '../story.ts'
import { uuidAt } from '../uuid.ts'
import { assertItLeaves, queuedAnswer, sendAnswer } from './answering.ts'
import { outcomeStream } from './outcomes.ts'

const hourMillis = 3_600_000

/** What becomes of a plan: most are kept, some are moved, and some days pass without a word. */
export function followThrough(story: Story): void {
  const { life } = story
  const plannedFor = life.answers.at(-1)?.plannedFor
  if (!plannedFor || !['answered', 'closed'].includes(life.row.state ?? '')) return
  const random = outcomeStream(story, 'follow-up')
  const fate = random.weighted([
    ['kept', 62],
    ['moved', 18],
    ['broken', 20],
  ] as const)
  if (fate === 'broken') return
  const at = morningOf(dayAfter(plannedFor, -random.int(0, 2)), random.int(8 * 60, 16 * 60))
  const what = story.world.voices.outcome({ ...story.telling(), random }, fate)
  const none = { plannedFor: null, referredTo: '' }
  if (fate === 'kept') {
    followUp(story, at, what, { outcome: 'fixed', ...none })
    return
  }
  const later = dayAfter(plannedFor, random.int(7, 21))
  followUp(story, at, what, { outcome: 'planned', plannedFor: later, referredTo: '' })
  if (!random.chance(0.7)) return
  const kept = story.world.voices.outcome({ ...story.telling(), random }, 'kept')
  followUp(story, morningOf(dayAfter(later, -1), random.int(8 * 60, 16 * 60)), kept, { outcome: 'fixed', ...none })
}

const morningOf = (day: string, minute: number): Date => new Date(startOfDay(day).getTime() + minute * 60_000)

/** A later answer; where the category asks for approval, the head grants it an hour after it was asked for. */
function followUp(story: Story, when: Date, what: string, outcome: OutcomeOf): void {
  const { life, category } = story
  const last = life.answers.at(-1)
  if (!last || when < life.now) return
  const granted = new Date(when.getTime() + (category.needsApproval ? hourMillis : 0))
  assertItLeaves(story, granted)
  life.reach(when)
  const who = story.handler()
  const id = uuidAt(outcomeStream(story, `follow-up ${life.answers.length}`), life.now)
  const words = { what, where: last.whereDone ?? '', when: last.whenDone ?? '', outcome }
  const set = { commitmentDueAt: commitmentDueAt(outcome.plannedFor) }
  if (!category.needsApproval) {
    const answer = { ...queuedAnswer(story, id, who.id, words), isFollowUp: true }
    life.answers.push(answer)
    const details = { answerId: id, sendAt: answer.sendAt.toISOString(), ...loggedOutcome(outcome) }
    life.move('follow_up', { who, set, details })
    sendAnswer(story)
    return
  }
  const requestId = uuidAt(outcomeStream(story, `request ${life.answers.length}`), life.now)
  const waiting = { ...queuedAnswer(story, id, who.id, words), isFollowUp: true }
  life.answers.push(waiting)
  const request = { id: requestId, kind: 'follow_up' as const, status: 'pending' as const, reason: what, answerId: id }
  life.requests.push({ ...request, askedById: who.id, askedAt: life.now })
  life.move('request_follow_up', { who, details: { requestId, answerId: id, ...loggedOutcome(outcome) } })
  const at = life.reach(granted)
  const head = story.approver()
  const sendAt = new Date(at.getTime() + 15_000)
  Object.assign(waiting, { reviewerId: head.id, reviewedAt: at, sendAt })
  Object.assign(life.requests.at(-1) ?? {}, { status: 'approved', decidedById: head.id, decidedAt: at })
  const details = { answerId: id, requestId, sendAt: sendAt.toISOString(), ...loggedOutcome(outcome) }
  life.act('report.followed_up', { who: head, set, details })
  sendAnswer(story)
}
