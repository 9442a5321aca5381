import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import type { Severity } from '#server/reports/rules/lifecycle.ts'
import type { Storm } from './board.ts'
import { type CountedState, countedStates, isOut, lastOpen } from './counted-state.ts'
import { handledOf, partsOf } from './figures.ts'
import { type BoardFilters, noBoardFilters } from './filters.ts'
import { handledStates } from './measure-rules.ts'

/** One report of an incident with all that its page shows of it. */
export type StormReport = {
  code: string
  title: string
  receivedAt: Date
  occurredAt: Date | null
  closedAt: Date | null
  closeMinutes: number | null
  countedState: number
  turnsAt: string[]
  turnsTo: number[]
  severity: Severity
  categoryCode: string
  name: string
  nameEn: string
  areaId: number | null
  areaCode: string | null
  areaName: string | null
  agencyName: string | null
}

type Figures = Omit<Storm, 'incident' | 'asOf' | 'isWholeCity' | 'behind' | 'bulletins' | 'oldest'>

const hour = 3_600_000
const minute = 60_000
/** A report entered this much later than it happened was recorded afterwards. */
const leastLag = 30 * minute

const isOpen = ({ countedState }: StormReport) => countedState <= lastOpen
const named = ({ countedState }: StormReport): CountedState => countedStates[countedState] as CountedState
const isHandled = (report: StormReport) => handledStates.includes(named(report))

/** Late-entered reports count in the hour in which it happened. */
const happenedAt = ({ occurredAt, receivedAt }: StormReport): Date => occurredAt ?? receivedAt

/**
 * The filters under which the figures of an incident are counted, so that each opens its reports: all days since the
 * first came in.
 */
export function stormFilters({
  incident,
  firstReceivedAt,
  asOf,
}: Pick<Storm, 'firstReceivedAt' | 'asOf'> & { incident: { id: string } }): BoardFilters {
  const period = { from: localDayOf(firstReceivedAt ?? asOf), to: localDayOf(asOf) }
  return { ...noBoardFilters, period, compare: 'none', incident: incident.id }
}

/** The figures of the reports in the order in which they came in. */
export function stormFigures(all: readonly StormReport[], asOf: Date): Figures {
  const merged = all.filter((report) => named(report) === 'merged')
  const reports = all.filter((report) => !isOut(named(report)))
  const changes = changesOf(reports, asOf)
  const minutes = reports.flatMap((report) => (isOpen(report) ? [] : (report.closeMinutes ?? []))).sort((a, b) => a - b)
  const open = reports.filter(isOpen)
  const { parts } = partsOf(reports.map(({ countedState }) => ({ countedState, count: 1 })))
  const median = minutes[Math.ceil(reports.length / 2) - 1] ?? null
  const since = (from: number, to: number) =>
    reports.filter(({ receivedAt }) => receivedAt.getTime() >= from && receivedAt.getTime() < to).length
  const now = asOf.getTime()
  return {
    firstReceivedAt: all[0]?.receivedAt ?? null,
    total: reports.length,
    citizens: reports.length + merged.length,
    handled: handledOf(parts),
    refused: parts.refused,
    parts,
    open: open.length,
    overdue: parts.open_overdue,
    urgentOpen: open.filter(({ severity }) => severity === 'urgent').length,
    peak: peakOf(changes),
    safeMedian: median,
    safeNotReached: median === null && reports.length > 0 ? { open: open.length, of: reports.length } : null,
    lastHour: since(now - hour, now),
    hourBefore: since(now - 2 * hour, now - hour),
    hours: hoursOf(reports, changes),
    days: daysOf(reports),
    kinds: kindsOf(reports),
    areas: areasOf(reports),
    cells: cellsOf(reports),
    lateEntered: lateOf(reports),
  }
}

type Change = { at: number; by: number }

/** Every moment at which the open count changes by one, in order; at the same moment openings come first. */
function changesOf(reports: readonly StormReport[], asOf: Date): Change[] {
  const changes = reports.flatMap(({ turnsAt, turnsTo }) => {
    let wasOpen = false
    return turnsAt.flatMap((turn, place): Change[] => {
      const at = new Date(turn).getTime()
      const is = (turnsTo[place] ?? 0) <= lastOpen
      if (is === wasOpen || at > asOf.getTime()) return []
      wasOpen = is
      return [{ at, by: is ? 1 : -1 }]
    })
  })
  return changes.sort((a, b) => a.at - b.at || b.by - a.by)
}

function peakOf(changes: readonly Change[]): Storm['peak'] {
  let [open, most, since] = [0, 0, 0]
  for (const { at, by } of changes) {
    open += by
    if (open > most) [most, since] = [open, at]
  }
  return most === 0 ? null : { count: most, at: new Date(since) }
}

const hourOf = (at: Date): number => Math.floor(at.getTime() / hour) * hour

function hoursOf(reports: readonly StormReport[], changes: readonly Change[]): Storm['hours'] {
  const hours = new Map<number, { at: Date; count: number; closed: number; open: number }>()
  const rowOf = (at: number) => {
    const row = hours.get(at) ?? { at: new Date(at), count: 0, closed: 0, open: 0 }
    hours.set(at, row)
    return row
  }
  for (const report of reports) {
    rowOf(hourOf(happenedAt(report))).count += 1
    if (!isOpen(report) && report.closedAt) rowOf(hourOf(report.closedAt)).closed += 1
  }
  const rows = [...hours.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
  let [open, next] = [0, 0]
  for (const row of rows) {
    for (; next < changes.length && (changes[next]?.at ?? 0) < row.at.getTime() + hour; next += 1)
      open += changes[next]?.by ?? 0
    row.open = open
  }
  return rows
}

function cellsOf(reports: readonly StormReport[]): Storm['cells'] {
  const cells = new Map<string, Storm['cells'][number]>()
  const cellOf = ({ categoryCode: category, areaId: area }: StormReport, at: Date) => {
    const start = hourOf(at)
    const key = `${start} ${category} ${area}`
    const cell = cells.get(key) ?? { at: new Date(start), category, area, count: 0, closed: 0 }
    cells.set(key, cell)
    return cell
  }
  for (const report of reports) {
    cellOf(report, happenedAt(report)).count += 1
    if (!isOpen(report) && report.closedAt) cellOf(report, report.closedAt).closed += 1
  }
  return [...cells.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** Every local day from the first report to the last, those without any too. */
function daysOf(reports: readonly StormReport[]): Storm['days'] {
  const counts = new Map<LocalDay, { count: number; closed: number }>()
  const dayOf = (day: LocalDay) => {
    const row = counts.get(day) ?? { count: 0, closed: 0 }
    counts.set(day, row)
    return row
  }
  for (const report of reports) {
    dayOf(localDayOf(happenedAt(report))).count += 1
    if (!isOpen(report) && report.closedAt) dayOf(localDayOf(report.closedAt)).closed += 1
  }
  const known = [...counts.keys()].sort()
  const [first, last] = [known[0], known.at(-1)]
  const days: Storm['days'] = []
  for (
    let day = first;
    day !== undefined && last !== undefined && day <= last && days.length < 400;
    day = dayAfter(day)
  ) {
    days.push({ day, ...(counts.get(day) ?? { count: 0, closed: 0 }) })
  }
  return days
}

const counts = (reports: readonly StormReport[]) => ({
  total: reports.length,
  open: reports.filter(isOpen).length,
  handled: reports.filter(isHandled).length,
})

function kindsOf(reports: readonly StormReport[]): Storm['kinds'] {
  return [...Map.groupBy(reports, ({ categoryCode }) => categoryCode)]
    .map(([code, own]) => ({ code, name: own[0]?.name ?? code, nameEn: own[0]?.nameEn ?? code, ...counts(own) }))
    .sort((a, b) => b.total - a.total || (a.code < b.code ? -1 : 1))
}

function areasOf(reports: readonly StormReport[]): Storm['areas'] {
  return [...Map.groupBy(reports, ({ areaId }) => areaId)]
    .map(([id, own]) => ({ id, code: own[0]?.areaCode ?? '', name: own[0]?.areaName ?? '', ...counts(own) }))
    .sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1))
}

function lateOf(reports: readonly StormReport[]): Storm['lateEntered'] {
  const lags = reports
    .flatMap(({ occurredAt, receivedAt }) => (occurredAt ? [receivedAt.getTime() - occurredAt.getTime()] : []))
    .filter((lag) => lag >= leastLag)
    .sort((a, b) => a - b)
  const middle = lags[Math.ceil(lags.length / 2) - 1]
  return middle === undefined ? null : { count: lags.length, medianLag: Math.round(middle / minute) }
}
