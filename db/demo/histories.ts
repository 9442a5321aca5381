import { remainingMinutes } from '#server/calendars/rules/deadlines.ts'
import {
  accept,
  answer,
  ask,
  assign,
  extend,
  finish,
  giveBack,
  handOver,
  merge,
  note,
  receive,
  reject,
  reopen,
  reply,
  transfer,
  wait,
} from './chapters.ts'
import { notYet } from './life.ts'
import type { Story } from './story.ts'
import { agencyFor } from './world.ts'

/** Lives a report through, up to the hour the city stands at. */
export function tell(story: Story): void {
  try {
    receive(story)
    if (story.fate.isRejected) {
      reject(story)
      return
    }
    takeIn(story)
    workOn(story)
    if (finish(story) && mayReopen(story)) {
      reopen(story, story.after(60))
      if (story.life.row.state === 'awaiting_intake') takeIn(story)
      workOn(story)
      finish(story)
    }
  } catch (error) {
    if (error !== notYet) throw error
  }
}

/** A report about a matter that is already known: the dispatcher merges it into the first one. */
export function tellMerged(story: Story): void {
  try {
    receive(story)
    merge(story, story.after(70))
  } catch (error) {
    if (error !== notYet) throw error
  }
}

/** Near the day the figures are taken nothing is opened again: it would not be answered in time. */
function mayReopen({ fate, life }: Story): boolean {
  return fate.answeredBy === null || fate.answeredBy.getTime() - life.now.getTime() > 5 * 86_400_000
}

/** From the desk to an agency that accepts: returned a few times where it is unclear whose it is. */
function takeIn(story: Story): void {
  const { random, life } = story
  if (random.chance(0.015) && life.row.state === 'awaiting_intake') {
    ask(story, story.after(60))
    reply(story, story.after(random.int(200, 1500)))
  }
  const returns = story.isStorm
    ? 0
    : random.weighted([
        [0, 942],
        [1, 44],
        [2, 8],
        [3, 6],
      ])
  for (let i = 0; ; i += 1) {
    const at = story.after(story.isStorm ? 12 : i === 0 ? 95 : 150)
    assign(story, agencyFor(story.world, story.category, story.place.commune, at), at)
    const next = handOver(story, story.after(story.isStorm ? 10 : 75))
    if (life.row.state === 'in_progress') return
    if (i < returns) {
      giveBack(story, next)
      continue
    }
    if (!story.isStorm && random.chance(0.03)) {
      transfer(story, neighbour(story), next, story.world.voices.transferReason(story.telling(next)))
      accept(story, handOver(story, story.after(75)))
      return
    }
    accept(story, next)
    return
  }
}

/** Another agency that is in office and does field work. */
function neighbour({ world, random, agency, place, life }: Story) {
  const local = agencyFor(
    world,
    { ...world.categories.get('DT-01'), leadAgencyId: null, formerLeadAgencyId: null } as never,
    place.commune,
    life.now,
  )
  if (local.id !== agency?.id) return local
  const fields = ['thoat-nuoc', 'cvcx', 'urenco', 'chieu-sang', 'evn-hn', 'hawacom'].filter((id) => id !== agency?.id)
  return world.agencies.get(random.pick(fields)) ?? local
}

/** The agency's work, up to an answer that has left. */
function workOn(story: Story): void {
  const { random, fate } = story
  if (random.chance(0.34)) note(story, story.after(story.isStorm ? 15 : 110))
  if (!story.isStorm && random.chance(0.045)) {
    ask(story, handOver(story, story.after(120)))
    reply(story, handOver(story, story.after(random.int(240, 2400))))
  }
  if (!story.isStorm && random.chance(0.04)) extend(story, handOver(story, story.after(200)))
  if (!story.isStorm && random.chance(0.015)) wait(story, handOver(story, story.after(240)))
  if (random.chance(0.12)) note(story, story.after(story.isStorm ? 20 : 180))
  const at = workedUntil(story)
  const earliest = fate.answeredAfter
  const answerAt = earliest && at < earliest ? new Date(earliest.getTime() + random.int(60, 9000) * 60_000) : at
  answer(story, handOver(story, answerAt))
}

/** Most answers come well before the deadline, some on its last hours, one in eight too late. */
function workedUntil(story: Story): Date {
  const { random, life } = story
  const kept = life.running()
  const left = kept ? remainingMinutes(kept.clock, life.now, life.timeOf(kept.calendarId)) : 480
  const share = random.weighted([
    [random.between(0.1, 0.6), 56],
    [random.between(0.6, 0.92), 31],
    [random.between(1.05, 2.1), 13],
  ])
  return story.after(Math.max(15, Math.max(left, 120) * share))
}
