import { remainingMinutes } from '#server/calendars/rules/deadlines.ts'
import { dueAt } from '#server/calendars/rules/working-time.ts'
import type { RejectReason } from '#server/reports/rules/lifecycle.ts'
import { close, rate, reopen } from './chapters/aftermath.ts'
import { answerAtOnce, approve, sendBack, submit } from './chapters/answering.ts'
import { accept, acceptAsHead, assign, assignPerson, giveBack, handOver, transfer } from './chapters/assignment.ts'
import { ask, note, reply } from './chapters/exchange.ts'
import { followThrough } from './chapters/follow-up.ts'
import { link } from './chapters/following.ts'
import { correctCategory, label, merge, receive, reject } from './chapters/intake.ts'
import {
  grantExtension,
  grantPause,
  grantTransfer,
  refuse,
  requestExtension,
  requestPause,
  requestTransfer,
  resume,
} from './chapters/requests.ts'
import { paceOf } from './paces.ts'
import { WeightedTable } from './random.ts'
import { agencyFor, partnersOf } from './routing.ts'
import type { Story } from './story.ts'

const dayMillis = 86_400_000

/** An ordinary report: received, worked on, answered, rated or not. */
export function tell(story: Story): void {
  receive(story)
  correctCategory(story)
  takeIn(story)
  workOn(story)
  finish(story)
  followThrough(story)
}

export function tellRejected(story: Story, reason: RejectReason): void {
  receive(story)
  reject(story, reason, story.after(80))
}

/** A report about a known matter: the dispatcher merges it into the first one. */
export function tellMerged(story: Story): void {
  receive(story)
  merge(story, story.after(70))
}

/** The same, but both are handled separately: its citizen also gets the first one's answer. */
export function tellLinked(story: Story): void {
  receive(story)
  link(story)
  takeIn(story)
  workOn(story)
  finish(story)
}

const tags = ['cần khảo sát', 'điểm nóng', 'báo chí nêu', 'liên ngành', 'lặp lại nhiều lần', 'trường học', 'bệnh viện']
const returnTable = new WeightedTable<number>([
  [0, 942],
  [1, 46],
  [2, 7],
  [3, 5],
])

/** From the desk to an agency that accepts. */
function takeIn(story: Story): void {
  const { random, life, world, category, place } = story
  if (story.storm) {
    if (random.chance(0.3)) label(story, [story.storm.label], story.after(6))
    const at = story.after(12)
    assign(story, agencyFor(world, category, place.commune, at), at)
    acceptSomehow(story, 10)
    return
  }
  if (random.chance(0.05)) label(story, random.sample(tags, random.int(1, 2)), story.after(40))
  if (random.chance(0.015) && story.hasDays(7)) {
    ask(story, story.after(60))
    reply(story, story.whenCitizen(random.int(90, 4200)))
  }
  for (let returns = returnTable.draw(random); returns > 0; returns -= 1) {
    tryElsewhere(story, story.after(95))
    if (life.row.state === 'in_progress') return
  }
  const at = story.after(95)
  const isMistaken = random.chance(0.025)
  const right = agencyFor(world, category, place.commune, at)
  assign(story, isMistaken ? story.wrongAgency(at) : right, at)
  if (isMistaken) sendOn(story)
  if (life.row.state === 'awaiting_acceptance') acceptSomehow(story, 75)
}

/** Sent to the wrong agency, which returns it. */
export function tryElsewhere(story: Story, at: Date): void {
  const { life, world, category, place } = story
  assign(story, story.wrongAgency(at), at)
  const next = handOver(story, story.after(110))
  if (life.row.state === 'in_progress') return
  giveBack(story, agencyFor(world, category, place.commune, next), next)
}

/** Sent to an agency whose head transfers it to the right one. */
function sendOn(story: Story): void {
  const { life, world, category, place, agency } = story
  const next = handOver(story, story.after(90))
  const right = agencyFor(world, category, place.commune, next)
  if (life.row.state === 'awaiting_acceptance' && right.id !== agency?.id) transfer(story, right, next)
}

/** An officer accepts it, or the head of the agency accepts and assigns it. */
function acceptSomehow(story: Story, minutes: number): void {
  const { life, random } = story
  const next = handOver(story, story.after(minutes))
  if (life.row.state === 'in_progress') return
  if (story.storm || !story.hasDays(1) || random.chance(0.82)) {
    accept(story, next)
    return
  }
  acceptAsHead(story, next)
  assignPerson(story, story.after(45))
}

/** The agency's work, up to a sent answer. */
export function workOn(story: Story): void {
  const { random, fate, storm } = story
  if (random.chance(0.34)) note(story, handOver(story, story.after(storm ? 15 : 110)))
  if (!storm) hardships(story)
  if (random.chance(0.12)) note(story, handOver(story, story.after(storm ? 20 : 180)))
  const at = workedUntil(story)
  const earliest = fate.answeredAfter
  const isHeldUp = earliest !== null && at < earliest
  answer(story, handOver(story, isHeldUp ? dueAt(earliest, random.int(60, 9600), story.hours) : at))
}

/** Possible interruptions: a question to the citizen, a request to the head of the agency. */
function hardships(story: Story): void {
  const { random, category, world, place, life } = story
  if (random.chance(0.045) && story.hasDays(9)) {
    ask(story, story.after(120))
    reply(story, story.whenCitizen(random.int(120, 6000)))
  }
  if (random.chance(0.04) && story.hasDays(8)) {
    const request = requestExtension(story, 480 * random.int(1, 5), story.after(200))
    if (request && random.chance(0.85)) grantExtension(story, request, story.after(140))
    else if (request) refuse(story, request, story.after(140))
  }
  if (random.chance(0.015) && story.hasDays(12)) {
    const at = story.after(240)
    const [partner = 'ubnd-tp'] = partnersOf(world, category, place.commune, at)
    const request = requestPause(story, partner, at)
    if (random.chance(0.1)) refuse(story, request, story.after(120))
    else {
      grantPause(story, request, story.after(120))
      resume(story, story.after(random.int(480, 1900)))
    }
  }
  if (random.chance(0.012) && story.hasDays(9)) {
    const at = story.after(150)
    const to = story.wrongAgency(at)
    if (to.id === life.row.agencyId) return
    const request = requestTransfer(story, to, at)
    if (random.chance(0.5)) refuse(story, request, story.after(160))
    else {
      grantTransfer(story, request, to, story.after(160))
      accept(story, story.after(75))
    }
  }
}

/** Writes the answer, which is approved, or sent back and corrected, and sends it. */
function answer(story: Story, at: Date): void {
  const { random, category } = story
  if (!category.needsApproval) {
    answerAtOnce(story, at)
    return
  }
  submit(story, at)
  if (random.chance(0.07)) {
    sendBack(story, handOver(story, story.after(100)))
    submit(story, handOver(story, story.after(160)))
  }
  approve(story, handOver(story, story.after(90)))
}

/** Most answers are written well before the deadline, some in its last hours, usually one in eight too late. */
function workedUntil(story: Story): Date {
  const { random, life, agency } = story
  const { early, near, late } = paceOf(agency)
  const kept = life.running()
  const left = kept ? remainingMinutes(kept.clock, life.now, life.timeOf(kept.calendarId)) : 480
  const share = random.weighted([
    [random.between(0.1, 0.6), early],
    [random.between(0.6, 0.92), near],
    [random.between(1.05, 2.1), late],
  ])
  return story.after(Math.max(15, Math.max(left, 120) * share), 0)
}

const ratingTable = new WeightedTable([
  ['satisfied', 33],
  ['acceptable', 22],
  ['dissatisfied', 45],
] as const)

/**
 * Two in five citizens rate; some of the dissatisfied have it reopened. Otherwise the rating window passes.
 */
export function finish(story: Story): void {
  const { life, random } = story
  const answeredAt = life.row.answeredAt ?? life.now
  if (!random.chance(0.42)) {
    close(story, new Date(answeredAt.getTime() + 7 * dayMillis + random.int(1, 14) * 60_000))
    return
  }
  const rating = ratingTable.draw(random)
  rate(story, rating, random.chance(0.25), story.whenCitizen(random.int(4, 5400)))
  if (rating !== 'dissatisfied' || !random.chance(0.28) || !mayReopen(story)) return
  reopen(story, story.after(60))
  if (life.row.state === 'awaiting_intake') takeIn(story)
  workOn(story)
  finish(story)
}

/** Nothing is reopened shortly before the day of the published figures: it would not be answered in time. */
function mayReopen({ fate, life }: Story): boolean {
  if (life.row.reopenCount) return false
  return fate.answeredBy === null || fate.answeredBy.getTime() - life.now.getTime() > 5 * dayMillis
}
