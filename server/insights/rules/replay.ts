import type { Clock, ClockKind } from '#server/calendars/rules/deadlines.ts'
import { alwaysOpen, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { ActorKind } from '#server/events/rules/event.ts'
import { type Rating, type ReportState, reportStates } from '#server/reports/rules/lifecycle.ts'
import type { Outcome } from '#server/reports/rules/outcome.ts'
import { withoutUndone } from '#server/reports/rules/taken-back.ts'
import { commitmentsOf } from './commitments.ts'
import type { Turn } from './counted-state.ts'
import { type EqualAge, equalAgesOf } from './equal-age.ts'
import type { ReportHead } from './fact-rows.ts'
import { changesOf, holdersOf, holdingPeriodsOf } from './holders.ts'
import { type ClosedPhase, isClosed, type Phase, phasesOf } from './phases.ts'
import { type PromiseClock, promisesOf, turnsOf } from './promises.ts'
import { workingMinutes } from './worked.ts'

/** One event of a report: the parts of its details that the figures need. */
export type LoggedEvent = {
  at: Date
  /** When the log learned of it; null reads as `at`. */
  recordedAt?: Date | null
  event: string
  actorKind: ActorKind
  /** The agency that held it at that moment. */
  agencyId: string | null
  /** The version of the report after the event, and the one whose change it took back. */
  version?: number | null
  undoes?: number | null
  toState: ReportState | null
  details: {
    agencyId: string | null
    reason: string | null
    rating: Rating | null
    level: number | null
    /** Sent to many at once. */
    batchId: string | null
    /** What an answer or a follow-up said; null before outcomes were asked for. */
    outcome?: Outcome | null
    plannedFor?: string | null
  }
  /** What the report was about before this event, where it changed that. */
  replaced?: Partial<Pick<ReportHead, 'categoryCode' | 'areaId' | 'severity' | 'incidentId'>> | null
  /** By how many minutes it extended the running clock. */
  extended?: number | null
  /** The targets of clocks that it changed, as they were before, without extensions. */
  targets?: readonly { kind: ClockKind; round: number; minutes: number }[]
  /** The clocks that it set back, by taking an act back, as that act had left them. */
  clocksLeft?: readonly LeftClock[]
}

export type LeftClock = {
  round: number
  calendarId: string
  clock: Clock
  dueAt: Date | null
  firstDueAt: Date | null
}

export type History = {
  receivedAt: Date
  /** In the order of the log. */
  events: readonly LoggedEvent[]
  clocks: readonly PromiseClock[]
  /** Whose working days make reports of the whole city equally old; null before the city is set up. */
  cityCalendarId: string | null
}

export type CloseFact = {
  at: Date
  agencyId: string | null
  answered: boolean
  minutes: number
  calendarMinutes: number
  reopenedAt: Date | null
  reopenedByCitizen: boolean | null
  rating: Rating | null
  ratedAt: Date | null
}

export type PromiseFact = {
  kind: PromiseClock['kind'] | 'commitment' | EqualAge
  agencyId: string | null
  beganAt: Date
  firstDueAt: Date | null
  dueAt: Date | null
  doneAt: Date | null
  /** Of a commitment: when another day was told. */
  movedAt: Date | null
  level: number
}

export type HoldingPeriodFact = { agencyId: string; fromAt: Date; toAt: Date | null; minutes: number | null }

/** All that is counted of one report. */
export type Figures = {
  agencyId: string | null
  firstAgencyId: string | null
  turns: Turn[]
  outSpells: { from: Date; to: Date | null }[]
  firstAnswerAt: Date | null
  firstAnswerMinutes: number | null
  assignedAt: Date | null
  intakeMinutes: number | null
  agencyChanges: number
  forwarded: boolean
  pingPong: boolean
  path: string
  /** When each of its steps was made; never earlier than the one before. */
  pathAt: Date[]
  closes: CloseFact[]
  promises: PromiseFact[]
  /** When it reaches the ages at which reports are compared, and what had come of it then. */
  equalAges: PromiseFact[]
  holdingPeriods: HoldingPeriodFact[]
}

/**
 * What the citizen can read from staff: a question, a sent answer. Receipts, notes and messages to many at once do not
 * count.
 */
const publicWords: readonly string[] = ['report.citizen_asked', 'report.answer_sent']

/**
 * Computes from the log of one report everything that the figures count of it. The same log gives the same figures,
 * whenever and in whatever order reports are computed.
 */
export function figuresOf(
  { receivedAt, events: logged, clocks, cityCalendarId }: History,
  timeOf: (calendarId: string) => WorkingTime,
): Figures {
  const events = standingEvents(logged)
  const phases = phasesOf(receivedAt, events)
  const holders = holdersOf(events)
  const calendarId = calendarOf(clocks)
  const time = calendarId === null ? alwaysOpen : timeOf(calendarId)
  const minutes = (to: Date, from = receivedAt) => workingMinutes(from, to, clocks, time)
  const assignedAt = events.find(({ event }) => event === 'report.assigned')?.at ?? null
  const firstAnswer = events.find(({ event, details }) => publicWords.includes(event) && details.batchId === null)
  const firstAnswerAt = firstAnswer?.at ?? null
  const ends = phases.filter(isClosed)
  const lastHolder = holders.findLast(({ agencyId }) => agencyId !== null)
  const ground = { clocks, ends, holders, takenInAt: takenInAt(assignedAt, ends), events }
  return {
    agencyId: lastHolder?.agencyId ?? null,
    firstAgencyId: holders.find(({ agencyId }) => agencyId !== null)?.agencyId ?? null,
    turns: turnsOf(phases, clocks),
    outSpells: outSpellsOf(phases),
    firstAnswerAt,
    firstAnswerMinutes: firstAnswerAt && minutes(firstAnswerAt),
    assignedAt,
    intakeMinutes: assignedAt && minutes(assignedAt),
    ...changesOf(holders),
    ...pathOf(events),
    closes: ends.map((end) => closeOf(end, receivedAt, minutes(end.at))),
    promises: [...promisesOf(ground), ...commitmentsOf(events)],
    equalAges: cityCalendarId
      ? equalAgesOf({ receivedAt, firstAnswerAt, phases, holders }, timeOf(cityCalendarId))
      : [],
    holdingPeriods: holdingPeriodsOf(holders, phases).map((holdingPeriod) => ({
      ...holdingPeriod,
      minutes: holdingPeriod.toAt && minutes(holdingPeriod.toAt, holdingPeriod.fromAt),
    })),
  }
}

/**
 * The events that count. A decision that was taken back in time counts nowhere, nor does its taking back
 * (docs/domain.md, undo), even if the decision was none that figures count. The same holds for an answer or a refusal
 * that was withdrawn before it was sent.
 */
export function standingEvents(logged: readonly LoggedEvent[]): LoggedEvent[] {
  const left: LoggedEvent[] = []
  for (const event of withoutUndone(logged)) {
    if (typeof event.undoes === 'number') continue
    const withdrawn = event.event === 'report.answer_withdrawn' ? left.findLastIndex(isDecided) : -1
    if (withdrawn < 0) left.push(event)
    else left.splice(withdrawn, 1)
  }
  return left
}

const isDecided = ({ event }: LoggedEvent): boolean => withdrawable.includes(event)
const withdrawable: readonly string[] = ['report.answered', 'report.answer_approved', 'report.rejected']

/**
 * The calendar a report counts in: that of the agency's promise; before there is one, that of the intake. A row that
 * bypassed intake may have none: it counts around the clock, so that it never breaks a board.
 */
const calendarOf = (clocks: readonly PromiseClock[]): string | null =>
  (clocks.findLast(({ kind }) => kind === 'resolution') ?? clocks[0])?.calendarId ?? null

/** Taken in, or rejected by the dispatchers. */
function takenInAt(assignedAt: Date | null, ends: readonly ClosedPhase[]): Date | null {
  const refusedAt = ends[0]?.at ?? null
  if (!assignedAt || !refusedAt) return assignedAt ?? refusedAt
  return assignedAt < refusedAt ? assignedAt : refusedAt
}

function closeOf({ at, phase, agencyId, reopened, rating }: ClosedPhase, receivedAt: Date, minutes: number): CloseFact {
  return {
    at,
    agencyId,
    answered: phase === 'answered',
    minutes,
    calendarMinutes: Math.ceil((at.getTime() - receivedAt.getTime()) / 60_000),
    reopenedAt: reopened?.at ?? null,
    reopenedByCitizen: reopened?.byCitizen ?? null,
    rating: rating?.value ?? null,
    ratedAt: rating?.at ?? null,
  }
}

function outSpellsOf(phases: readonly Phase[]): { from: Date; to: Date | null }[] {
  return phases.flatMap(({ at, phase }, place) => {
    const isOutside = phase === 'spam_or_test' || phase === 'merged'
    return isOutside ? [{ from: at, to: phases[place + 1]?.at ?? null }] : []
  })
}

/** The states it passed through, a letter each: `abcef`. */
function pathOf(events: readonly LoggedEvent[]): Pick<Figures, 'path' | 'pathAt'> {
  let path = ''
  const pathAt: Date[] = []
  for (const { toState, at } of events) {
    const letter = toState && letterOf(toState)
    if (!letter || path.endsWith(letter)) continue
    const before = pathAt.at(-1)
    path += letter
    pathAt.push(before && before > at ? before : at)
  }
  return { path, pathAt }
}

export const letterOf = (state: ReportState): string => String.fromCharCode(97 + reportStates.indexOf(state))
export const stateOfLetter = (letter: string): ReportState | undefined => reportStates[letter.charCodeAt(0) - 97]
