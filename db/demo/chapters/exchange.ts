import { pauseClock, resumeClock } from '#server/calendars/rules/deadlines.ts'
import type { Who } from '../life.ts'
import type { Story } from '../story.ts'
import { uuidAt } from '../uuid.ts'

export function note(story: Story, when: Date): void {
  const { life, random, world } = story
  const at = life.reach(when)
  const id = uuidAt(random, at)
  const who = story.handler()
  let body = world.voices.note(story.telling())
  for (let more = 3; more > 0 && life.notes.some((known) => known.body === body); more -= 1) {
    body = world.voices.note(story.telling())
  }
  life.notes.push({ id, agencyId: life.row.agencyId, authorId: who.id, body, createdAt: at })
  life.act('report.note_added', { who, details: { noteId: id } }, 'none')
}

/** Asks the citizen a question: the clock is paused until the reply. */
export function ask(story: Story, when: Date): void {
  const { life, world } = story
  const isAtDesk = life.row.state === 'awaiting_intake'
  const at = life.reach(isAtDesk ? story.atDesk(when) : when)
  const who = isAtDesk ? story.dispatcher() : story.handler()
  const messageId = say(story, 'question', who, world.voices.question(story.telling()))
  life.changeClock((clock) => pauseClock(clock, at, 'awaiting_citizen'))
  life.move('ask_citizen', { who, set: { stateBefore: life.row.state, askedById: who.id }, details: { messageId } })
}

export function reply(story: Story, when: Date): void {
  const { life, world } = story
  const at = life.reach(when)
  const who = story.citizen()
  const messageId = say(story, 'reply', who, world.voices.reply(story.telling()))
  life.changeClock((clock) => resumeClock(clock, at))
  life.move('citizen_replied', {
    who,
    set: { stateBefore: null },
    circumstances: { stateBefore: life.row.stateBefore ?? 'awaiting_intake' },
    details: { messageId },
    byCitizen: true,
  })
}

/** Stores a message exchanged with the citizen, with the account that recorded it. */
export function say({ life, random }: Story, kind: 'question' | 'reply' | 'added', who: Who, body: string): string {
  const id = uuidAt(random, life.now)
  life.messages.push({ id, kind, body, authorId: who.kind === 'staff' ? who.id : null, createdAt: life.now })
  return id
}
