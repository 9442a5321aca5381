import { extendClock, pauseClock, resumeClock } from '#server/calendars/rules/deadlines.ts'
import type { RequestKind } from '#server/reports/rules/lifecycle.ts'
import type { CityAgency } from '../city.ts'
import type { Life } from '../life.ts'
import type { Story } from '../story.ts'
import { uuidAt } from '../uuid.ts'
import { transferOf } from './assignment.ts'

type Request = Life['requests'][number] & { id: string }

const refusals: Record<RequestKind, string> = {
  extension: 'report.extension_refused',
  transfer: 'report.transfer_refused',
  pause: 'report.pause_refused',
  follow_up: 'report.follow_up_refused',
}

/** The officer requests an extension, before the deadline. Null if it has passed. */
export function requestExtension(story: Story, minutes: number, when: Date): Request | null {
  const { life, world } = story
  const at = life.reach(when)
  const due = life.due()
  if (!due || due < at) return null
  const request = put(story, { kind: 'extension', minutes, reason: world.voices.extensionReason(story.telling()) })
  life.move('request_extension', {
    who: story.handler(),
    details: { requestId: request.id, minutes, reason: request.reason, dueAt: due.toISOString() },
  })
  return request
}

/** The officer requests a transfer to another agency. */
export function requestTransfer(story: Story, to: CityAgency, when: Date): Request {
  const { life, world } = story
  life.reach(when)
  const request = put(story, {
    kind: 'transfer',
    agencyId: to.id,
    reason: world.voices.transferReason(story.telling()),
  })
  const details = { requestId: request.id, agencyId: to.id, reason: request.reason }
  life.move('request_transfer', { who: story.handler(), details })
  return request
}

/** The officer requests a pause to wait for another agency. */
export function requestPause(story: Story, agencyId: string, when: Date): Request {
  const { life, world } = story
  life.reach(when)
  const request = put(story, { kind: 'pause', agencyId, reason: world.voices.pauseReason(story.telling()) })
  const details = { requestId: request.id, agencyId, reason: request.reason }
  life.move('request_pause', { who: story.handler(), details })
  return request
}

function put(story: Story, asked: Pick<Request, 'kind' | 'reason'> & Partial<Request>): Request {
  const { life, random } = story
  const request: Request = {
    ...asked,
    id: uuidAt(random, life.now),
    status: 'pending',
    askedById: story.handler().id,
    askedAt: life.now,
  }
  life.requests.push(request)
  return request
}

export function refuse(story: Story, request: Request, when: Date): void {
  const { life } = story
  life.reach(when)
  const who = decide(story, request, 'refused')
  life.act(refusals[request.kind], { who, details: { requestId: request.id, reason: request.reason } })
}

export function grantExtension(story: Story, request: Request, when: Date): void {
  const { life } = story
  life.reach(when)
  const who = decide(story, request, 'approved')
  const minutes = request.minutes ?? 0
  const before = life.due()
  life.changeClock((clock) => extendClock(clock, minutes))
  const dueAt = [before?.toISOString() ?? null, life.due()?.toISOString() ?? null]
  life.act('report.extended', { who, details: { minutes, dueAt, requestId: request.id, reason: request.reason } })
}

export function grantTransfer(story: Story, request: Request, to: CityAgency, when: Date): void {
  const { life } = story
  life.reach(when)
  const who = decide(story, request, 'approved')
  const { set, details } = transferOf(story, to, request.reason)
  life.move('transfer', { who, set, details: { ...details, requestId: request.id } })
  story.agency = to
}

export function grantPause(story: Story, request: Request, when: Date): void {
  const { life } = story
  const at = life.reach(when)
  const who = decide(story, request, 'approved')
  life.changeClock((clock) => pauseClock(clock, at, request.reason))
  const details = { agencyId: request.agencyId, requestId: request.id, reason: request.reason }
  life.act('report.paused', { who, details })
}

/** The other agency has done its part. */
export function resume(story: Story, when: Date): void {
  const { life } = story
  const at = life.reach(when)
  life.changeClock((clock) => resumeClock(clock, at))
  life.move('resume', { who: story.handler() })
}

function decide(story: Story, request: Request, status: 'approved' | 'refused') {
  const who = story.approver()
  Object.assign(request, { status, decidedById: who.id, decidedAt: story.life.now })
  return who
}
