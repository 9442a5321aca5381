import type { Clock, ClockKind, ClockTime } from '#server/calendars/rules/deadlines.ts'
import type { suggestionStatuses } from '#server/incidents/rules/incident.ts'
import type { ActivityMaker } from './parts.ts'
import type { Parts } from './split.ts'

/**
 * The properties of a clock that a change of category, severity or incident may alter; `minutes` is the target without
 * granted extensions.
 */
export type Terms = { minutes: number; time: ClockTime; spells: { until: string; time: ClockTime }[] }
export type ChangedTerms = { kind: ClockKind; round: number; before: Terms; after: Terms }

export type KeptSuggestion = {
  incidentId: string
  status: (typeof suggestionStatuses)[number]
  decidedById: string | null
  decidedAt: string | null
}
/**
 * The row of the photo, with all columns except its name: the log is permanent, and a file name may contain a person's
 * name.
 */
export type KeptPhoto = Readonly<Record<string, unknown>> & { addedAt: string }

/**
 * What an act replaced and its event does not record otherwise: kept with the event, for undo. Older events may lack
 * some of it; then it is recomputed as well as possible.
 */
export type Kept = {
  /** Time and author of the activity before the act, and the time that the act put in its place. */
  activity?: { at: string; by: ActivityMaker; until: string }
  clock?: ChangedTerms
  suggestions?: KeptSuggestion[]
  /** Pending requests of an officer that were withdrawn. */
  requestIds?: string[]
  /** The parts that were moved to the other report. */
  parts?: Parts
  /** Whether the author was allowed to approve their own answer. */
  soleAccount?: boolean
  photos?: KeptPhoto[]
  /** Until when the act can be undone; no one is notified of it earlier. */
  until?: string
  /** The columns of the report that a decision replaced; instants as text. */
  row?: Readonly<Record<string, unknown>>
  /** The clocks that it changed, as they were before; null for those it started. */
  clocks?: { kind: ClockKind; round: number; before: LoggedClock | null }[]
  /** The answer that it sent back, as it was before. */
  answer?: {
    id: string
    remarks: string | null
    reviewerId: string | null
    reviewerFor: string | null
    reviewedAt: string | null
  }
}

/** A clock as the log has it: instants as text. */
export type LoggedClock = Omit<Clock, 'startedAt' | 'stoppedAt' | 'pauses' | 'spells'> & {
  startedAt: string
  stoppedAt: string | null
  pauses: { from: string; to: string | null; reason: string }[]
  spells: { until: string; time: ClockTime }[]
}

export const clockFromLog = (clock: LoggedClock): Clock => ({
  ...clock,
  startedAt: new Date(clock.startedAt),
  stoppedAt: clock.stoppedAt === null ? null : new Date(clock.stoppedAt),
  pauses: clock.pauses.map(({ from, to, reason }) => ({ from: new Date(from), to: to ? new Date(to) : null, reason })),
  spells: clock.spells.map(({ until, time }) => ({ until: new Date(until), time })),
})

export const clockForLog = (clock: Clock): LoggedClock => ({
  ...clock,
  startedAt: clock.startedAt.toISOString(),
  stoppedAt: clock.stoppedAt?.toISOString() ?? null,
  pauses: clock.pauses.map(({ from, to, reason }) => ({
    from: from.toISOString(),
    to: to?.toISOString() ?? null,
    reason,
  })),
  spells: clock.spells.map(({ until, time }) => ({ until: until.toISOString(), time })),
})

export const keptIn = (details: Record<string, unknown>): Kept => (details.kept ?? {}) as Kept

export const termsOf = ({ targetMinutes, extendedMinutes, time, spells }: Clock): Terms => ({
  minutes: targetMinutes - extendedMinutes,
  time,
  spells: spells.map((spell) => ({ until: spell.until.toISOString(), time: spell.time })),
})

const sameTime = (one: Terms, other: Terms): boolean =>
  one.time === other.time &&
  one.spells.length === other.spells.length &&
  one.spells.every(({ until, time }, at) => until === other.spells[at]?.until && time === other.spells[at]?.time)

/** The minutes that a change replaced; null where another change has replaced them since. */
export const minutesBefore = (clock: Clock, { before, after }: ChangedTerms): number | null =>
  termsOf(clock).minutes === after.minutes ? before.minutes : null

/** The same for the time and spells that the clock runs in. */
export function timeBefore(clock: Clock, { before, after }: ChangedTerms): Pick<Clock, 'time' | 'spells'> | null {
  if (!sameTime(termsOf(clock), after)) return null
  return { time: before.time, spells: before.spells.map(({ until, time }) => ({ until: new Date(until), time })) }
}

/** The last activity before an act, if the act that is undone was the last activity itself. */
export function activityBefore({ lastActivityAt }: { lastActivityAt: Date }, { activity }: Kept) {
  if (activity?.until !== lastActivityAt.toISOString()) return undefined
  return { lastActivityAt: new Date(activity.at), lastActivityBy: activity.by }
}
