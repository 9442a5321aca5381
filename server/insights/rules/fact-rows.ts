import type { Channel, Severity } from '#server/reports/rules/lifecycle.ts'
import { countedStateNumber, type Turn } from './counted-state.ts'
import type { Figures } from './replay.ts'

/** What the figures copy from the row of the report: what it is about, and when and how it came in. */
export type ReportHead = {
  id: number
  receivedAt: Date
  maturesAt: Date
  categoryCode: string
  areaId: number | null
  channel: Channel
  severity: Severity
  incidentId: string | null
  /** The calendar of the city itself, by which its age is counted. */
  cityCalendarId: string | null
  /** When the log learned of it, if that was later. */
  knownAt?: Date | null
}

const hourMillis = 3_600_000
const hoursAhead = 7

/** Whole hours since 1970 on Hanoi's clocks. */
export const localHourOf = (at: Date): number => Math.floor(at.getTime() / hourMillis) + hoursAhead

/** The rows of one report for each table of figures. */
export function factRows({ id, receivedAt, maturesAt, knownAt = null, ...subject }: ReportHead, figures: Figures) {
  const { categoryCode, areaId, channel, severity, incidentId } = subject
  const outSpells = spellsText(figures.outSpells)
  const shared = { reportId: id, categoryCode, areaId, channel, severity, incidentId, outSpells, knownAt }
  const numbered = <Row extends object>(rows: readonly Row[]) =>
    rows.map((row, at) => ({ ...shared, number: at + 1, ...row }))
  const lastClose = figures.closes.at(-1)
  return {
    facts: {
      ...shared,
      receivedAt,
      receivedHour: localHourOf(receivedAt),
      maturesAt,
      agencyId: figures.agencyId,
      firstAgencyId: figures.firstAgencyId,
      ...countedStateColumns(figures.turns, receivedAt),
      firstAnswerAt: figures.firstAnswerAt,
      firstAnswerMinutes: figures.firstAnswerMinutes,
      assignedAt: figures.assignedAt,
      intakeMinutes: figures.intakeMinutes,
      closes: figures.closes.length,
      closedAt: lastClose?.at ?? null,
      closeMinutes: lastClose?.minutes ?? null,
      closeCalendarMinutes: lastClose?.calendarMinutes ?? null,
      agencyChanges: figures.agencyChanges,
      forwarded: figures.forwarded,
      pingPong: figures.pingPong,
      path: figures.path,
      pathAt: figures.pathAt.map((at) => at.toISOString()),
    },
    // The ages first: they are always there, so that the numbers of the others stay the same.
    promises: numbered([...figures.equalAges, ...figures.promises]),
    closes: numbered(figures.closes),
    holdingPeriods: numbered(figures.holdingPeriods),
  }
}

export type FactRows = ReturnType<typeof factRows>

function countedStateColumns(turns: readonly Turn[], receivedAt: Date) {
  const last = turns.at(-1) ?? { at: receivedAt, to: 'open_in_time' as const }
  const isPlain = turns.length < 3 && (turns.length < 2 || turns[0]?.to === 'open_in_time')
  return {
    countedState: countedStateNumber(last.to),
    countedStateAt: last.at,
    turnsAt: isPlain ? null : turns.map(({ at }) => at.toISOString()),
    turnsTo: isPlain ? null : turns.map(({ to }) => countedStateNumber(to)),
  }
}

/** In the text form of a PostgreSQL multirange; an unbounded range has no upper bound. */
function spellsText(spells: Figures['outSpells']): string | null {
  if (spells.length === 0) return null
  return `{${spells.map(({ from, to }) => `[${from.toISOString()},${to?.toISOString() ?? ''})`).join(',')}}`
}
