import { alwaysOpen, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import type { ActorKind } from '#server/events/rules/event.ts'
import { type Rating, type ReportState, reportStates } from '#server/reports/rules/lifecycle.ts'
import { withoutUndone } from '#server/reports/rules/taken-back.ts'
import type { Turn } from './counted-state.ts'
import { changesOf, holdersOf, holdingPeriodsOf } from './holders.ts'
import { type ClosedPhase, isClosed, type Phase, phasesOf } from './phases.ts'
import { type PromiseClock, promisesOf, turnsOf } from './promises.ts'
import { workingMinutes } from './worked.ts'

/** One event of a report: the parts of its details that the figures need. */
export type LoggedEvent = {
  at: Date
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
  }
}

export type History = {
  receivedAt: Date
  /** In the order of the log. */
  events: readonly LoggedEvent[]
  clocks: readonly PromiseClock[]
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
  kind: PromiseClock['kind']
  agencyId: string | null
  beganAt: Date
  firstDueAt: Date | null
  dueAt: Date | null
  doneAt: Date | null
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
  closes: CloseFact[]
  promises: PromiseFact[]
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
  { receivedAt, events: logged, clocks }: History,
  timeOf: (calendarId: string) => WorkingTime,
): Figures {
  // A decision that was taken back in time counts nowhere, nor does its taking back (docs/domain.md, undo), even if the
  // decision was none that figures count.
  const events = withoutUndone(logged).filter(({ undoes }) => typeof undoes !== 'number')
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
    path: pathOf(events),
    closes: ends.map((end) => closeOf(end, receivedAt, minutes(end.at))),
    promises: promisesOf(ground),
    holdingPeriods: holdingPeriodsOf(holders, phases).map((holdingPeriod) => ({
      ...holdingPeriod,
      minutes: holdingPeriod.toAt && minutes(holdingPeriod.toAt, holdingPeriod.fromAt),
    })),
  }
}

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
function pathOf(events: readonly LoggedEvent[]): string {
  let path = ''
  for (const { toState } of events) {
    const letter = toState && letterOf(toState)
    if (letter && !path.endsWith(letter)) path += letter
  }
  return path
}

export const letterOf = (state: ReportState): string => String.fromCharCode(97 + reportStates.indexOf(state))
export const stateOfLetter = (letter: string): ReportState | undefined => reportStates[letter.charCodeAt(0) - 97]
