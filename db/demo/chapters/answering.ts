import { stopClock } from '#server/calendars/rules/deadlines.ts'
import { commitmentDueAt, loggedOutcome, type OutcomeOf, outcomeOf } from '#server/reports/rules/outcome.ts'
import { type Life, notYet, robotActor } from '../life.ts'
import type { Story } from '../story.ts'
import { uuidAt } from '../uuid.ts'
import { drawOutcome } from './outcomes.ts'

type Answer = Life['answers'][number] & { id: string }
type Words = { what: string; where?: string; when?: string; next?: string; outcome: OutcomeOf }

export const undoMillis = 15_000

/** An answer whose undo time ends after the city's current hour is not written, because it could not be sent. */
export function assertItLeaves({ life }: Story, when: Date): void {
  const at = Math.max(when.getTime(), life.now.getTime())
  if (at + undoMillis > life.asOf.getTime()) throw notYet
}

function answerRow({ life }: Story, id: string, authorId: string, words: Words): Answer {
  return {
    id,
    round: (life.row.reopenCount ?? 0) + 1,
    kind: 'answer',
    status: 'submitted',
    agencyId: life.row.agencyId,
    authorId,
    what: words.what,
    whereDone: words.where ?? '',
    whenDone: words.when ?? '',
    next: words.next ?? '',
    ...words.outcome,
    isFollowUp: false,
    soleAccount: false,
    createdAt: life.now,
  }
}

/** An answer that needs no approval: it is sent when the undo time is over. */
export function queuedAnswer(story: Story, id: string, authorId: string, words: Words): Answer & { sendAt: Date } {
  return { ...answerRow(story, id, authorId, words), status: 'queued', sendAt: leavesAt(story) }
}

/** What the log tells of its outcome. */
const toldOf = ({ outcome = null, plannedFor = null, referredTo = '' }: Partial<Answer>) =>
  loggedOutcome({ outcome, plannedFor, referredTo })

const leavesAt = ({ life }: Story) => new Date(life.now.getTime() + undoMillis)

/** Sends the last answer to the citizen. */
export function sendAnswer({ life }: Story): void {
  const answer = life.answers.at(-1)
  if (!answer) return
  const at = life.reach(new Date(life.now.getTime() + undoMillis))
  Object.assign(answer, { status: 'sent', sentAt: at })
  const details = { answerId: answer.id, kind: answer.kind }
  life.act('report.answer_sent', { who: robotActor, details }, 'none')
}

/** Answers at once, if the category requires no approval. */
export function answerAtOnce(story: Story, when: Date): void {
  const { life } = story
  assertItLeaves(story, when)
  const at = life.reach(when)
  const { id, words, who } = compose(story)
  const answer = queuedAnswer(story, id, who.id, words)
  life.answers.push(answer)
  life.changeClock((clock) => stopClock(clock, at))
  life.move('answer', {
    who,
    set: {
      stateBefore: life.row.state,
      answeredAt: at,
      commitmentDueAt: commitmentDueAt(answer.plannedFor ?? null),
    },
    details: { answerId: id, sendAt: answer.sendAt.toISOString(), ...toldOf(answer) },
  })
  sendAnswer(story)
}

export function submit(story: Story, when: Date): void {
  const { life } = story
  life.reach(when)
  const { id, words, who } = compose(story)
  const answer = answerRow(story, id, who.id, words)
  life.answers.push(answer)
  life.move('submit_answer', { who, details: { answerId: id, ...toldOf(answer) } })
}

export function sendBack(story: Story, when: Date): void {
  const { life, world } = story
  const at = life.reach(when)
  const submitted = life.answers.at(-1)
  const remarks = world.voices.remarks(story.telling())
  const who = story.approver()
  Object.assign(submitted ?? {}, { status: 'sent_back', remarks, reviewerId: who.id, reviewedAt: at })
  life.move('send_back', { who, details: { answerId: submitted?.id, remarks } })
}

export function approve(story: Story, when: Date): void {
  const { life } = story
  assertItLeaves(story, when)
  const at = life.reach(when)
  const submitted = life.answers.at(-1)
  const who = story.approver()
  const sendAt = leavesAt(story)
  Object.assign(submitted ?? {}, { status: 'queued', reviewerId: who.id, reviewedAt: at, sendAt })
  life.changeClock((clock) => stopClock(clock, at))
  life.move('approve', {
    who,
    set: {
      stateBefore: life.row.state,
      answeredAt: at,
      commitmentDueAt: commitmentDueAt(submitted?.plannedFor ?? null),
    },
    details: { answerId: submitted?.id, sendAt: sendAt.toISOString(), ...(submitted && toldOf(submitted)) },
  })
  sendAnswer(story)
}

/** Writes an answer and attaches its proof photo to the report; sometimes that is forgotten at first. */
function compose(story: Story) {
  const { life, random, world, category } = story
  const id = uuidAt(random, life.now)
  const who = story.handler()
  const fresh = world.voices.answer(story.telling())
  const before = life.answers.at(-1)
  const isMended = before?.status === 'sent_back'
  // An answer that was sent back is corrected, not rewritten.
  const words = isMended
    ? {
        ...{ what: before.what, where: before.whereDone, when: before.whenDone, next: fresh.next || before.next },
        outcome: outcomeOf({
          outcome: before.outcome ?? null,
          plannedFor: before.plannedFor ?? null,
          referredTo: before.referredTo ?? '',
        }),
      }
    : withOutcome(story, fresh)
  if (category.needsPhoto && (isMended || random.chance(0.88))) prove(story, id)
  return { id, words, who }
}

/** Drawn from a stream of its own. */
function withOutcome(story: Story, fresh: Omit<Words, 'outcome'>): Words {
  const { what, ...outcome } = drawOutcome(story, fresh)
  return { ...fresh, what, outcome }
}

function prove(story: Story, answerId: string): void {
  const { life, random, world, scene, category } = story
  const fileId = world.photos.pick(random, scene.motif, category.code, 'after')
  if (!fileId) return
  life.proofs.push({ answerId, fileId })
  if (life.photos.some((photo) => photo.fileId === fileId && photo.kind === 'proof')) return
  const who = story.handler()
  life.hang({
    fileId,
    kind: 'proof',
    addedById: who.id,
    addedAt: life.now,
    position: life.photos.length,
  })
  life.act('report.photo_added', { who, details: { fileId, kind: 'proof' } }, 'activity')
}
