import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { canonical } from './changes.ts'

/** An event as it is stored in the log. */
export type SealedEvent = {
  id: number
  at: Date
  recordedAt: Date | null
  event: string
  subjectKind: string
  reportId: number | null
  subjectId: string | null
  actorKind: string
  actorId: string | null
  onBehalfOf: string | null
  agencyId: string | null
  fromState: string | null
  toState: string | null
  version: number | null
  details: unknown
  requestId: string | null
  ip: string | null
}

/** The digest before the first seal. */
export const firstDigest = '0'.repeat(64)

/**
 * The line that an event adds to the text of its day. Anyone who has the rows can compute the digests with any SHA-256.
 */
export function sealedLine(event: SealedEvent): string {
  return canonical([
    event.id,
    event.at.toISOString(),
    event.event,
    event.subjectKind,
    event.reportId,
    event.subjectId,
    event.actorKind,
    event.actorId,
    event.agencyId,
    event.fromState,
    event.toState,
    event.version,
    event.details,
    event.requestId,
    event.ip,
    ...later(event),
  ])
}

/**
 * Columns that the log did not always have are left out where they are empty, so that days sealed before there were
 * substitutions, and before the time of recording was kept, still match.
 */
function later({ onBehalfOf, recordedAt }: SealedEvent): (string | null)[] {
  if (recordedAt) return [onBehalfOf, recordedAt.toISOString()]
  return onBehalfOf ? [onBehalfOf] : []
}

/**
 * The text sealed for a day begins with the day and the digest before it: a day that is deleted or swapped breaks the
 * chain.
 */
export function sealedHeading(day: LocalDay, previousDigest: string): string {
  return `${day} ${previousDigest}`
}

export type Seal = {
  day: LocalDay
  firstId: number | null
  lastId: number | null
  events: number
  digest: string
  previousDigest: string
}

export type SealFault = 'broken_chain' | 'missing_events' | 'added_events' | 'changed_events'

/** What is wrong with a seal, given what the log holds for its day now; null where it is correct. */
export function faultOf(
  seal: Seal,
  found: { events: number; digest: string },
  previous: { digest: string },
): SealFault | null {
  if (seal.previousDigest !== previous.digest) return 'broken_chain'
  if (found.events < seal.events) return 'missing_events'
  if (found.events > seal.events) return 'added_events'
  return found.digest === seal.digest ? null : 'changed_events'
}
