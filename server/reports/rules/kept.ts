import type { Clock, ClockKind, ClockTime } from '#server/calendars/rules/deadlines.ts'
import type { suggestionStatuses } from '#server/incidents/rules/incident.ts'
import type { ActivityMaker } from './parts.ts'
import type { Parts } from './split.ts'

/**
 * What a change of category, severity or incident may alter of a clock; `minutes` are those of the target that no
 * extension granted.
 */
export type Terms = { minutes: number; time: ClockTime; spells: { until: string; time: ClockTime }[] }
export type ChangedTerms = { kind: ClockKind; round: number; before: Terms; after: Terms }

export type KeptSuggestion = {
  incidentId: string
  status: (typeof suggestionStatuses)[number]
  decidedById: string | null
  decidedAt: string | null
}
/** The row as it hung, whatever columns it has, but for its name: the log is for ever, and a name may be somebody's. */
export type KeptPhoto = Readonly<Record<string, unknown>> & { addedAt: string }

/**
 * What an act replaced of which its event tells nothing else: kept with the event, for whatever takes it back. An event
 * from before something was kept here lacks it, and then it is worked out anew as well as can be.
 */
export type Kept = {
  /** When and by whom the report was last worked on before, and the moment that the act put in its place. */
  activity?: { at: string; by: ActivityMaker; until: string }
  clock?: ChangedTerms
  suggestions?: KeptSuggestion[]
  /** What an officer had asked for and fell away. */
  requestIds?: string[]
  /** What went over to the other report. */
  parts?: Parts
  /** Whether the author might have approved the answer himself. */
  soleAccount?: boolean
  photos?: KeptPhoto[]
}

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

/** The minutes that a change replaced; null where another change has replaced its own since. */
export const minutesBefore = (clock: Clock, { before, after }: ChangedTerms): number | null =>
  termsOf(clock).minutes === after.minutes ? before.minutes : null

/** The same of the time that the clock ran and runs in. */
export function timeBefore(clock: Clock, { before, after }: ChangedTerms): Pick<Clock, 'time' | 'spells'> | null {
  if (!sameTime(termsOf(clock), after)) return null
  return { time: before.time, spells: before.spells.map(({ until, time }) => ({ until: new Date(until), time })) }
}

/** Who had worked on the report last, where what is taken back was the last work on it. */
export function activityBefore({ lastActivityAt }: { lastActivityAt: Date }, { activity }: Kept) {
  if (activity?.until !== lastActivityAt.toISOString()) return undefined
  return { lastActivityAt: new Date(activity.at), lastActivityBy: activity.by }
}
