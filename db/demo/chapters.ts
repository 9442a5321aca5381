import {
  extendClock,
  pauseClock,
  reopenedClock,
  resolutionMinutes,
  resumeClock,
  startClock,
  stopClock,
} from '#server/calendars/rules/deadlines.ts'
import { minutesPerDay } from '#server/calendars/rules/working-time.ts'
import { inOffice } from '#server/categories/rules/routing.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { needsAnswer, type RejectReason } from '#server/reports/rules/lifecycle.ts'
import { type CityAgency, cityCalendarId } from './city.ts'
import { robotActor } from './life.ts'
import { WeightedTable } from './random.ts'
import type { Story } from './story.ts'
import { uuidAt } from './uuid.ts'
import { agencyFor } from './world.ts'

const undoSeconds = 15
const dayLength = 86_400_000

const answeredReasons = new WeightedTable<RejectReason>([
  ['out_of_scope', 36],
  ['complaint_or_denunciation', 22],
  ['insufficient', 26],
  ['not_own_picture', 8],
  ['state_secret', 1],
])
const silentReasons = new WeightedTable<RejectReason>([
  ['spam', 6],
  ['test', 4],
])

/** Everybody who holds or held it, each once. */
const holders = (before: readonly string[] | undefined, more: readonly string[]) => [
  ...new Set([...(before ?? []), ...more]),
]

export function receive(story: Story): void {
  const { life, category } = story
  life.startClock(startClock('intake', life.row.receivedAt, category.intakeMinutes), cityCalendarId)
  life.act('report.received', {
    at: life.row.receivedAt,
    who: { kind: 'citizen' },
    details: { channel: life.row.channel, source: life.row.source, category: category.code },
    byCitizen: true,
  })
}

export function reject(story: Story): void {
  const { life, random, fate, world } = story
  const at = story.after(80)
  const reason = (fate.isSilent ? silentReasons : answeredReasons).draw(random)
  const who = story.dispatcher()
  life.reach(at)
  const sendAt = new Date(at.getTime() + undoSeconds * 1000)
  const answerId = uuidAt(random, at)
  if (needsAnswer(reason)) {
    const what = world.voices.rejection(story.telling(at), reason)
    life.answers.push(answerRow(story, { id: answerId, kind: 'rejection', what, authorId: who.id, at, sendAt }))
  }
  life.changeClock((clock) => stopClock(clock, at))
  life.move('reject', {
    at,
    who,
    set: { stateBefore: life.row.state, rejectReason: reason, answeredAt: at },
    details: { reason, ...(needsAnswer(reason) && { answerId, sendAt: sendAt.toISOString() }) },
  })
  if (needsAnswer(reason)) send(story, sendAt)
}

/** Into which report is filled in when both have their numbers. */
export function merge(story: Story, at: Date): void {
  const { life } = story
  life.reach(at)
  life.changeClock((clock) => stopClock(clock, at))
  life.move('merge', {
    at,
    who: story.dispatcher(),
    set: { stateBefore: life.row.state },
    details: { stateBefore: null },
  })
}

export function assign(story: Story, agency: CityAgency, at: Date): void {
  const { life, category } = story
  life.reach(at)
  story.agency = agency
  if (life.clock('intake')?.clock.stoppedAt === null) life.changeClock((clock) => stopClock(clock, at))
  if (life.clock('resolution')?.clock.stoppedAt !== null) {
    const minutes = resolutionMinutes(category, life.row.severity)
    life.startClock(startClock('resolution', at, minutes, story.isStorm ? 'always' : 'working'), agency.calendarId)
  }
  life.move('assign', {
    at,
    who: story.dispatcher(),
    set: {
      agencyId: agency.id,
      heldBy: holders(life.row.heldBy, [agency.id, ...partnersOf(story, at)]),
      assigneeId: null,
    },
    details: { agencyId: agency.id },
  })
}

/** The agencies the category brings in, as the desk itself works them out. */
function partnersOf({ category, place, world }: Story, at: Date): string[] {
  const day = localDayOf(at)
  return category.coordinating.flatMap((partner) => {
    const id = partner === 'cong_an' ? 'cong-an-tp' : partner
    const found = partner === 'ubnd_xa' ? localCommittee(place.commune.code, day) : inOffice(id, day, world.agencies)
    return found ? [found] : []
  })
}

const communesBegan = '2025-07-01'
const localCommittee = (code: string, day: string) => (day < communesBegan ? null : `ubnd-x-${code}`)

export function accept(story: Story, at: Date): void {
  const who = story.officer()
  story.life.move('accept', { at, who, set: { assigneeId: who.id }, details: { assigneeId: who.id } })
}

export function giveBack(story: Story, at: Date): void {
  const { life, world } = story
  life.reach(at)
  const agencyId = life.row.agencyId
  life.move('return', {
    at,
    who: story.officer(),
    set: { agencyId: null, assigneeId: null, returnCount: (life.row.returnCount ?? 0) + 1 },
    details: { agencyId, reason: world.voices.returnReason(story.telling(at)) },
  })
  story.agency = null
}

export function transfer(story: Story, to: CityAgency, at: Date, reason: string): void {
  const { life } = story
  life.reach(at)
  const from = life.row.agencyId
  const who = story.approver()
  life.move('transfer', {
    at,
    who,
    set: {
      agencyId: to.id,
      assigneeId: null,
      heldBy: holders(life.row.heldBy, [to.id]),
      transferCount: (life.row.transferCount ?? 0) + 1,
    },
    details: { from, agencyId: to.id, reason },
  })
  story.agency = to
}

/** An agency that has ended hands what it held to its successor in the first minutes of the next day. */
export function handOver(story: Story, next: Date): Date {
  const { agency, life, world, category, place } = story
  if (!agency?.validTo) return next
  const ended = startOfDay(dayAfter(agency.validTo))
  if (next < ended) return next
  if (life.row.state !== 'awaiting_acceptance' && life.row.state !== 'in_progress') {
    // What cannot change hands in this state is finished on the agency's last day.
    return life.now >= ended ? next : new Date(Math.max(life.now.getTime() + 60_000, ended.getTime() - 3_600_000))
  }
  const at = new Date(Math.max(ended.getTime() + 300_000, life.now.getTime() + 1000))
  const successor =
    world.agencies.get(agency.successorId ?? '') ??
    agencyFor(world, { ...category, leadAgencyId: null }, place.commune, at)
  life.reach(at)
  life.move('transfer', {
    at,
    who: robotActor,
    set: {
      agencyId: successor.id,
      assigneeId: null,
      heldBy: holders(life.row.heldBy, [successor.id]),
      transferCount: (life.row.transferCount ?? 0) + 1,
    },
    details: { from: agency.id, agencyId: successor.id, reason: 'agency_ended' },
  })
  story.agency = successor
  accept(story, story.after(60))
  return next > life.now ? next : story.after(90)
}

export function note(story: Story, at: Date): void {
  const { life, random, world } = story
  life.reach(at)
  const id = uuidAt(random, at)
  const who = story.handler()
  const body = world.voices.note(story.telling(at))
  life.notes.push({ id, reportId: 0, agencyId: life.row.agencyId, authorId: who.id, body, createdAt: life.now })
  life.act('report.note_added', { at, who, details: { noteId: id } }, true)
}

export function ask(story: Story, at: Date): void {
  const { life, random, world } = story
  life.reach(at)
  const who = life.row.state === 'awaiting_intake' ? story.dispatcher() : story.handler()
  const messageId = uuidAt(random, at)
  const body = world.voices.question(story.telling(at))
  life.messages.push({ id: messageId, reportId: 0, kind: 'question', body, authorId: who.id, createdAt: life.now })
  life.changeClock((clock) => pauseClock(clock, at, 'awaiting_citizen'))
  life.move('ask_citizen', { at, who, set: { stateBefore: life.row.state, askedById: who.id }, details: { messageId } })
}

export function reply(story: Story, at: Date): void {
  const { life, random, world } = story
  life.reach(at)
  const messageId = uuidAt(random, at)
  const body = world.voices.reply(story.telling(at))
  life.messages.push({ id: messageId, reportId: 0, kind: 'reply', body, authorId: null, createdAt: life.now })
  life.changeClock((clock) => resumeClock(clock, at))
  const back = life.row.stateBefore ?? 'awaiting_intake'
  life.move('citizen_replied', {
    at,
    who: { kind: 'citizen' },
    set: { stateBefore: null },
    circumstances: { stateBefore: back },
    details: { messageId },
    byCitizen: true,
  })
}

/** Asks for more time, and has it granted or not. */
export function extend(story: Story, at: Date): void {
  const { life, random, world } = story
  life.reach(at)
  const due = life.due()
  if (!due || due < at) return
  const minutes = 480 * random.int(1, 5)
  const reason = world.voices.extensionReason(story.telling(at))
  const asker = story.handler()
  const requestId = uuidAt(random, at)
  const request: (typeof life.requests)[number] = {
    id: requestId,
    reportId: 0,
    kind: 'extension',
    status: 'pending',
    reason,
    minutes,
    askedById: asker.id,
    askedAt: at,
  }
  life.requests.push(request)
  life.move('request_extension', { at, who: asker, details: { requestId, minutes, reason, dueAt: due.toISOString() } })
  const granted = random.chance(0.85)
  const decidedAt = story.after(120)
  life.reach(decidedAt)
  const who = story.approver()
  Object.assign(request, { status: granted ? 'approved' : 'refused', decidedById: who.id, decidedAt: life.now })
  if (granted) life.changeClock((clock) => extendClock(clock, minutes))
  const after = life.due()
  life.act(granted ? 'report.extended' : 'report.extension_refused', {
    at: decidedAt,
    who,
    details: {
      requestId,
      reason,
      ...(granted && { minutes, dueAt: [due.toISOString(), after?.toISOString() ?? null] }),
    },
  })
}

/** Waits for another agency, with the approver's leave. */
export function wait(story: Story, at: Date): void {
  const { life, random, world } = story
  life.reach(at)
  const reason = world.voices.pauseReason(story.telling(at))
  const asker = story.handler()
  const requestId = uuidAt(random, at)
  const agencyId = story.agency?.parentId ?? 'ubnd-tp'
  const request: (typeof life.requests)[number] = {
    id: requestId,
    reportId: 0,
    kind: 'pause',
    status: 'pending',
    reason,
    agencyId,
    askedById: asker.id,
    askedAt: at,
  }
  life.requests.push(request)
  life.move('request_pause', { at, who: asker, details: { requestId, agencyId, reason } })
  const grantedAt = story.after(90)
  life.reach(grantedAt)
  const who = story.approver()
  Object.assign(request, { status: 'approved', decidedById: who.id, decidedAt: life.now })
  life.changeClock((clock) => pauseClock(clock, grantedAt, reason))
  life.row.pausedAt = grantedAt
  life.act('report.paused', { at: grantedAt, who, details: { requestId, reason, agencyId } })
  const onAt = story.after(random.int(480, 1900))
  life.reach(onAt)
  life.changeClock((clock) => resumeClock(clock, onAt))
  life.row.pausedAt = null
  life.move('resume', { at: onAt, who: story.handler() })
}

type AnswerParts = {
  id: string
  kind: 'answer' | 'rejection'
  what: string
  where?: string
  when?: string
  next?: string
  authorId: string
  at: Date
  sendAt: Date | null
}

function answerRow({ life }: Story, parts: AnswerParts): (typeof life.answers)[number] {
  return {
    id: parts.id,
    reportId: 0,
    round: (life.row.reopenCount ?? 0) + 1,
    kind: parts.kind,
    status: parts.sendAt ? 'queued' : 'submitted',
    agencyId: life.row.agencyId,
    authorId: parts.authorId,
    what: parts.what,
    whereDone: parts.where ?? '',
    whenDone: parts.when ?? '',
    next: parts.next ?? '',
    soleAccount: false,
    createdAt: parts.at,
    sendAt: parts.sendAt,
  }
}

function send({ life }: Story, at: Date): void {
  const answer = life.answers.at(-1)
  if (!answer) return
  life.reach(at)
  Object.assign(answer, { status: 'sent', sentAt: life.now })
  life.act('report.answer_sent', { at, who: robotActor, details: { answerId: answer.id, kind: answer.kind } }, true)
}

/** Writes the answer, has it approved or sent back and mended, and sends it. */
export function answer(story: Story, at: Date): void {
  const { life, random, category } = story
  if (!category.needsApproval) {
    life.reach(at)
    const sendAt = new Date(at.getTime() + undoSeconds * 1000)
    const id = writeAnswer(story, at, sendAt)
    life.changeClock((clock) => stopClock(clock, at))
    life.move('answer', {
      at,
      who: story.handler(),
      set: { stateBefore: life.row.state, answeredAt: at },
      details: { answerId: id, sendAt: sendAt.toISOString() },
    })
    send(story, sendAt)
    return
  }
  submit(story, at)
  if (random.chance(0.07)) {
    sendBack(story, handOver(story, story.after(100)))
    submit(story, story.after(160))
  }
  approve(story, handOver(story, story.after(90)))
}

function writeAnswer(story: Story, at: Date, sendAt: Date | null): string {
  const { life, random, world, category, scene } = story
  const id = uuidAt(random, at)
  life.answers.push(
    answerRow(story, {
      id,
      kind: 'answer',
      ...world.voices.answer(story.telling(at)),
      authorId: story.handler().id,
      at,
      sendAt,
    }),
  )
  if (category.needsPhoto && random.chance(0.78)) {
    const fileId = world.photos.pick(random, scene.motif, category.code, 'after')
    if (fileId && !life.photos.some((photo) => photo.fileId === fileId && photo.kind === 'proof')) {
      life.photos.push({
        fileId,
        kind: 'proof',
        answerId: id,
        addedById: story.handler().id,
        addedAt: at,
        position: life.photos.length,
      })
    }
  }
  return id
}

function submit(story: Story, at: Date): void {
  const { life } = story
  life.reach(at)
  const id = writeAnswer(story, at, null)
  life.move('submit_answer', { at, who: story.handler(), details: { answerId: id } })
}

function sendBack(story: Story, at: Date): void {
  const { life, world } = story
  life.reach(at)
  const submitted = life.answers.at(-1)
  const remarks = world.voices.remarks(story.telling(at))
  const who = story.approver()
  Object.assign(submitted ?? {}, { status: 'sent_back', remarks, reviewerId: who.id, reviewedAt: life.now })
  life.move('send_back', { at, who, details: { answerId: submitted?.id, remarks } })
}

function approve(story: Story, at: Date): void {
  const { life } = story
  life.reach(at)
  const submitted = life.answers.at(-1)
  const who = story.approver()
  const sendAt = new Date(at.getTime() + undoSeconds * 1000)
  Object.assign(submitted ?? {}, { status: 'queued', reviewerId: who.id, reviewedAt: life.now, sendAt })
  life.changeClock((clock) => stopClock(clock, at))
  life.move('approve', {
    at,
    who,
    set: { stateBefore: life.row.state, answeredAt: at },
    details: { answerId: submitted?.id, sendAt: sendAt.toISOString() },
  })
  send(story, sendAt)
}

const ratingTable = new WeightedTable([
  ['satisfied', 33],
  ['acceptable', 22],
  ['dissatisfied', 45],
] as const)

/** The citizen rates, or the window passes. Tells whether he wants it opened again. */
export function finish(story: Story): boolean {
  const { life, random, world } = story
  const answeredAt = life.row.answeredAt ?? life.now
  if (!random.chance(0.42)) {
    const at = new Date(answeredAt.getTime() + 7 * dayLength + random.int(1, 14) * 60_000)
    life.move('close', { at, who: robotActor, set: { closedAt: at, stateBefore: null } })
    return false
  }
  const room = story.fate.answeredBy
    ? Math.max(60_000, story.fate.answeredBy.getTime() - life.now.getTime())
    : 6 * dayLength
  const at = new Date(life.now.getTime() + Math.floor(random.float() * Math.min(room, 6 * dayLength)) + 30_000)
  life.reach(at)
  const rating = ratingTable.draw(random)
  const messageId = random.chance(0.25) ? uuidAt(random, at) : null
  if (messageId) {
    const body = world.voices.ratingWords(story.telling(at), rating)
    life.messages.push({ id: messageId, reportId: 0, kind: 'added', body, authorId: null, createdAt: life.now })
  }
  life.move('rate', {
    at,
    who: { kind: 'citizen' },
    set: { rating, closedAt: at, stateBefore: null },
    details: { rating, ...(messageId && { messageId }) },
    byCitizen: true,
  })
  return rating === 'dissatisfied' && random.chance(0.28)
}

export function reopen(story: Story, at: Date): void {
  const { life, world, agency } = story
  life.reach(at)
  const reason = world.voices.wishToReopen(story.telling(at))
  const previous = life.clock('resolution')
  const hasEnded = !!agency?.validTo && localDayOf(at) > agency.validTo
  if (previous) {
    const time = life.timeOf(previous.calendarId)
    life.startClock(reopenedClock(previous.clock, at, time, minutesPerDay(time, at)), previous.calendarId)
  }
  life.move('reopen', {
    at,
    who: story.dispatcher(),
    set: {
      reopenCount: (life.row.reopenCount ?? 0) + 1,
      answeredAt: null,
      closedAt: null,
      stateBefore: null,
      ...(hasEnded && { agencyId: null, assigneeId: null }),
    },
    circumstances: { lastAgencyEnded: hasEnded },
    details: { reason },
    byCitizen: true,
  })
  if (hasEnded) story.agency = null
}
