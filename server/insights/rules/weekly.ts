import type { AgencyRow, Board, BoardHeader, Contribution, KpiFigure, Storm } from './board.ts'
import type { CaseMix } from './case-mix.ts'
import type { Coordinated } from './coordinated.ts'
import type { DataPointCell, Measure } from './data-point.ts'
import type { KpiId } from './definitions.ts'
import { shareOf } from './statistics.ts'
import type { WeeklyQuestion } from './weekly-period.ts'

/** The five figures shown first, in reading order. */
export const weeklyKpis = [
  'received',
  'handled',
  'on_time',
  'backlog',
  'satisfaction',
] as const satisfies readonly KpiId[]
export type WeeklyKpi = (typeof weeklyKpis)[number]

/** Fewer reports than this that an agency got first say nothing about how many it passes on. */
const leastFirst = 10
const mostPoints = 3

/** The data point whose reports a figure opens. */
type Source = { measure: Measure; by?: DataPointCell }
type Named = { key: string; name: string; nameEn: string }

/**
 * A point of attention. `weight` is by how many reports it exceeds what was expected, so that points of different kinds
 * can be sorted together.
 */
export type Point = { weight: number; source: Source } & (
  | (Named & { kind: 'backlog'; now: number; before: number; overdue: number })
  | (Named & { kind: 'missed'; missed: number; due: number; missedBefore: number; dueBefore: number })
  /** `before`: in the period compared with, where a report of before says that instead of what is usual. */
  | (Named & { kind: 'area' | 'category'; now: number; usual: number | null; before: number | null })
  | (Named & { kind: 'forwarding'; forwarded: number; first: number })
  | { kind: 'ping_pong'; count: number; of: number }
  | (Named & { kind: 'overdue'; overdue: number; open: number })
  | { kind: 'oldest'; code: string; minutes: number }
)

export type WeeklyStorm = Pick<
  Storm,
  'incident' | 'total' | 'handled' | 'refused' | 'open' | 'urgentOpen' | 'peak' | 'bulletins' | 'asOf' | 'isWholeCity'
> & { inPeriod: number }

/** The others are not seen; the report is from before they were compared; it took too long. */
export type MixMissing = 'part' | 'before' | 'late'

export type Weekly = {
  question: WeeklyQuestion
  /**
   * What changes and jumps are named by. Reports of before the tests went by the direction alone, those after them took
   * weeks as independent and judged jumps by the period compared with.
   */
  judgedBy: 'chance' | 'weeks' | 'direction'
  header: BoardHeader
  figures: Record<WeeklyKpi, KpiFigure>
  /** Of those open at the end of the period. */
  overdue: number
  agencies: {
    rows: AgencyRow[]
    /** Against others with the same mix. */
    mix: CaseMix | null
    /** Why they are not compared. */
    mixMissing: MixMissing | null
  }
  /** What the agency only coordinates: in none of the figures. Reports of before do not say. */
  coordinated?: Coordinated | null
  points: Point[]
  storms: WeeklyStorm[]
  /** Nothing was received and nothing is open: there is nothing to report. */
  isEmpty: boolean
}

/** What moved the figures between this period and the one before, by dimension. */
export type Moved = {
  onTime: readonly Contribution[]
  backlog: readonly Contribution[]
}

/** A commune or group of categories with far more than usual (`jumps.ts`). */
export type NamedJump = Named & { kind: 'area' | 'category'; now: number; usual: number }

/** The report of a period from the figures of the board: nothing is counted here. */
export function composeWeekly(
  question: WeeklyQuestion,
  board: Board,
  moved: Moved,
  jumps: readonly NamedJump[],
  mix: CaseMix | MixMissing,
  storms: WeeklyStorm[],
): Weekly {
  const compared = typeof mix === 'string' ? { mix: null, mixMissing: mix } : { mix, mixMissing: null }
  const { kpis, charts, header } = board
  const figures = Object.fromEntries(weeklyKpis.map((id) => [id, kpis[id]])) as Weekly['figures']
  return {
    question,
    judgedBy: 'chance',
    header,
    figures,
    overdue: overdueOf(board),
    agencies: { rows: charts.agencies, ...compared },
    points: pointsOf(board, moved, jumps),
    storms,
    isEmpty: header.counted === 0 && (kpis.backlog.value ?? 0) === 0,
  }
}

function overdueOf({ charts }: Board): number {
  return charts.ageing.byDeadline
    .filter(({ bucket }) => bucket.startsWith('overdue'))
    .reduce((sum, { count }) => sum + count, 0)
}

/** What a point is about, whatever it is called. */
export const pointKey = (point: Point): string => `${point.kind}-${'key' in point ? point.key : ''}`

const byKey = (a: Point, b: Point): number => (pointKey(a) < pointKey(b) ? -1 : 1)

/**
 * Three points of attention: of each kind the one with the largest weight, the largest kinds first, no agency twice. A
 * quiet period is filled up with what is always worth a look: where most is overdue, and the oldest report. Names
 * decide nothing: a report made again after one was changed has the same points.
 */
export function pointsOf(board: Board, moved: Moved, jumps: readonly NamedJump[]): Point[] {
  const candidates = [
    ...backlogs(moved.backlog, board.charts.agencies),
    ...missed(moved.onTime),
    ...jumps.map(jumpPoint),
    ...forwarders(board.charts.agencies),
    ...pingPong(board),
  ].sort((a, b) => b.weight - a.weight || byKey(a, b))
  const chosen: Point[] = []
  for (const point of [...candidates, ...backlogPoints(board)]) {
    const isKnown = chosen.some(
      (one) => one.kind === point.kind || (agencyIn(one) && agencyIn(one) === agencyIn(point)),
    )
    if (!isKnown && chosen.length < mostPoints) chosen.push(point)
  }
  return chosen
}

const agencyIn = (point: Point): string | null =>
  'key' in point && point.kind !== 'area' && point.kind !== 'category' ? point.key : null

const named = ({ key, name, nameEn }: Contribution): Named | null => (key === null ? null : { key, name, nameEn })

/** More is open than before, beyond chance. */
function backlogs(parts: readonly Contribution[], agencies: readonly AgencyRow[]): Point[] {
  return parts.flatMap((part): Point[] => {
    const [who, now, before] = [named(part), part.now.numerator, part.previous.numerator]
    if (!who || part.verdict !== 'worse') return []
    const overdue = agencies.find(({ id }) => id === who.key)?.overdue ?? 0
    const source: Source = { measure: 'backlog', by: { agency: who.key } }
    return [{ kind: 'backlog', ...who, now, before, overdue, weight: now - before, source }]
  })
}

/** Promises missed beyond the agency's own earlier rate, and beyond chance. */
function missed(parts: readonly Contribution[]): Point[] {
  return parts.flatMap((part): Point[] => {
    const who = named(part)
    const [due, dueBefore] = [part.now.denominator ?? 0, part.previous.denominator ?? 0]
    if (!who || part.verdict !== 'worse') return []
    const [missedNow, missedBefore] = [due - part.now.numerator, dueBefore - part.previous.numerator]
    const weight = missedNow - due * (missedBefore / dueBefore)
    const source: Source = { measure: 'promises_missed', by: { agency: who.key } }
    return [{ kind: 'missed', ...who, missed: missedNow, due, missedBefore, dueBefore, weight, source }]
  })
}

function jumpPoint(jump: NamedJump): Point {
  const by: DataPointCell = jump.kind === 'area' ? { area: Number(jump.key) } : { category: jump.key }
  return { ...jump, before: null, weight: jump.now - jump.usual, source: { measure: 'received', by } }
}

/** An agency that passes on three in ten of the reports it gets first is assigned reports that are not its own. */
function forwarders(rows: readonly AgencyRow[]): Point[] {
  return rows.flatMap(({ id, name, forwarded, first }): Point[] => {
    if (id === null || first < leastFirst || forwarded / first < 0.3) return []
    const source: Source = { measure: 'forwarded', by: { agency: id } }
    return [
      { kind: 'forwarding', key: id, name, nameEn: name, forwarded, first, weight: forwarded - first * 0.1, source },
    ]
  })
}

/** Reports that returned to an agency that had them before: one in twenty is too many. */
function pingPong({ kpis }: Board): Point[] {
  const { numerator: count, denominator } = kpis.ping_pong
  const of = denominator ?? 0
  if (of < leastFirst || count < 3 || (shareOf(count, of) ?? 0) < 0.05) return []
  return [{ kind: 'ping_pong', count, of, weight: count - of * 0.05, source: { measure: 'ping_pong' } }]
}

function backlogPoints({ charts, oldest }: Board): Point[] {
  const most = charts.agencies
    .filter((row): row is AgencyRow & { id: string } => row.id !== null && row.overdue > 0)
    .sort((a, b) => b.overdue - a.overdue || (a.id < b.id ? -1 : 1))
    .map(({ id, name, overdue, open }): Point => {
      const source: Source = { measure: 'backlog', by: { agency: id } }
      return { kind: 'overdue', key: id, name, nameEn: name, overdue, open, weight: 0, source }
    })
  const { code, minutes } = oldest ?? {}
  return code === undefined || minutes === undefined
    ? most
    : [...most, { kind: 'oldest', code, minutes, weight: 0, source: { measure: 'oldest' } }]
}
