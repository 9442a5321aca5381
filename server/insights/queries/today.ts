import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { alertsInForce } from '#server/bulletins/queries/public-alerts.ts'
import { DomainError } from '#server/platform/errors.ts'
import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { QueueFilters } from '#server/reports/rules/queue-filters.ts'
import type { KpiFigure, NamedAgency } from '../rules/board.ts'
import { drillDownAddress } from '../rules/data-point.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'
import {
  agencyPromisesMarks,
  dueTodayMark,
  kpiMarks,
  type Mark,
  markAddress,
  otherOverdueMark,
  surgeMark,
  urgentOverdueMark,
  urgentTodayMark,
} from '../rules/marks.ts'
import {
  type AgencyWeek,
  agencyOfToday,
  changesOf,
  type Headline,
  headlineOf,
  isSurge,
  ledAgencies,
  ownersOf,
  type Risk,
  ranked,
  type ToldChange,
  todayKpis,
  topicsOf,
} from '../rules/today.ts'
import { makeFresh } from './freshness.ts'
import { type Names, readNames } from './names.ts'
import { commitmentCells, committedStates, type OpenCell, openCells, surgeCells, surgeDays } from './today-cells.ts'
import { readWeek } from './today-week.ts'

export type Today = {
  /** The risks are those of this moment. */
  asOf: Date
  /** Null: the whole city. */
  agency: NamedAgency | null
  /** What the account may read of, this one included. */
  choices: (NamedAgency | null)[]
  headline: Headline
  changes: { told: (ToldChange & { href: string | null })[]; weighed: number; unclear: number }
  risks: Risk[]
  /** The week that ended with yesterday. */
  week: { from: LocalDay; to: LocalDay; minutesPerDay: number }
  onTime: Figured
  figures: Figured[]
}
export type Figured = { kpi: KpiFigure; href: string | null }

const weekDays = 7
/** Commitments that were broken earlier are no news of today. */
const commitmentDays = 30

type Desk = { names: Names; live: BoardFilters; at: Date; today: LocalDay }

/** What a manager or the head of an agency has to know this morning, for the agencies they lead. */
export async function readToday(ctx: Context, asked: string | null): Promise<Today> {
  const { db, actor } = ctx
  const at = ctx.now()
  const today = localDayOf(at)
  const agency = agencyOfToday(actor, asked)
  const weekOf = { from: dayAfter(today, -weekDays), to: dayAfter(today, -1) }
  const filters: BoardFilters = { ...noBoardFilters, period: weekOf, agency }
  const live: BoardFilters = { ...noBoardFilters, period: 'today', agency }
  await makeFresh(db)
  const mayReadAlerts = agency === null && mayUse(actor, 'bulletins.read')
  const [names, week, open, surges, commitments, alerts] = await Promise.all([
    readNames(db),
    readWeek(ctx, filters, at),
    openCells(ctx, live, at),
    surgeCells(ctx, live, at),
    commitmentCells(ctx, agency, { from: dayAfter(today, -commitmentDays), today }),
    mayReadAlerts ? alertsInForce(db, at) : [],
  ])
  const led = agency === null ? null : names.agencies.get(agency)
  if (led === undefined) throw new DomainError('not_found', { subject: 'agency', id: agency })
  const desk: Desk = { names, live, at, today }
  const bound = (mark: Mark | null) => addressOf(mark, filters, week.asOf)
  const risks = ranked([
    ...urgentRisks(desk, open),
    ...overdueRisks(desk, open),
    ...dueRisks(desk, open),
    ...surgeRisks(desk, surges),
    ...commitmentRisks(desk, commitments),
    ...alerts.map(
      ({ id, headline, expiresAt, bulletinId }): Risk => ({
        kind: 'alert',
        id: `alert:${id}`,
        headline,
        until: expiresAt,
        count: 1,
        owners: [],
        href: `/bulletins/${bulletinId}`,
      }),
    ),
    ...boundRisks(week.agencies, names, bound),
  ])
  const overdue = open.reduce((sum, cell) => sum + (cell.urgent ? cell.overdue : 0), 0)
  const { told, ...tested } = changesOf(week.kpis, week.agencies, names.agencies)
  const figured = (kpi: KpiFigure): Figured => ({ kpi: { ...kpi, spark: [] }, href: bound(kpiMarks(kpi).figure) })
  return {
    asOf: at,
    agency: led,
    choices: choicesOf(led, ledAgencies(actor), names),
    headline: headlineOf(risks, { count: overdue, href: liveAddress(desk, urgentOverdueMark(overdue)) }),
    changes: {
      ...tested,
      told: told.map((change) => ({
        ...change,
        href: bound(
          change.agency
            ? agencyPromisesMarks(change.agency.id, change.now).due
            : kpiMarks(week.kpis[change.kpi]).figure,
        ),
      })),
    },
    risks,
    week: { ...weekOf, minutesPerDay: week.minutesPerDay },
    onTime: figured(week.kpis.on_time),
    figures: todayKpis.map((id) => figured(week.kpis[id])),
  }
}

/** Those that the account leads, and one below them that is read. */
function choicesOf(read: NamedAgency | null, led: readonly string[] | null, { agencies }: Names): Today['choices'] {
  const all = led === null ? [null] : led.flatMap((id) => agencies.get(id) ?? [])
  return all.some((one) => one?.id === read?.id) ? all : [...all, read]
}

const addressOf = (mark: Mark | null, filters: BoardFilters, asOf: Date): string | null =>
  mark && markAddress({ filters, asOf }, mark)

const liveAddress = ({ live, at }: Desk, { dataPoint }: Mark): string =>
  drillDownAddress({ dataPoint, filters: live, asOf: at })

/** Urgent work of each agency: what is overdue, and what will be by tonight. */
function urgentRisks(desk: Desk, cells: readonly OpenCell[]): Risk[] {
  const { names, today } = desk
  const urgent = Map.groupBy(
    cells.filter((cell) => cell.urgent),
    ({ agency }) => agency,
  )
  return [...urgent].flatMap(([agency, its]): Risk[] => {
    const [overdue, due] = [sum(its, 'overdue'), sum(its, 'today')]
    const owners = ownersOf([{ agency, count: 1 }], names.agencies)
    const topics = (of: 'overdue' | 'today') =>
      topicsOf(
        its.flatMap((cell) => {
          const topic = names.categories.get(cell.category)
          return topic && cell[of] > 0 ? [{ name: topic.name, nameEn: topic.nameEn, count: cell[of] }] : []
        }),
      )
    const since = firstSince(its)
    const late: Risk[] = since
      ? [
          {
            kind: 'urgent_overdue',
            id: `urgent_overdue:${agency ?? ''}`,
            topics: topics('overdue'),
            since,
            count: overdue,
            owners,
            href: liveAddress(desk, urgentOverdueMark(overdue, agency)),
          },
        ]
      : []
    return [
      ...late,
      {
        kind: 'urgent_today',
        id: `urgent_today:${agency ?? ''}`,
        topics: topics('today'),
        count: due,
        owners,
        href: liveAddress(desk, urgentTodayMark(due, today, agency)),
      },
    ]
  })
}

const sum = (cells: readonly OpenCell[], of: 'overdue' | 'today'): number =>
  cells.reduce((all, cell) => all + cell[of], 0)

/** What is overdue and not urgent, at all agencies together. */
function overdueRisks(desk: Desk, cells: readonly OpenCell[]): Risk[] {
  const others = cells.filter(({ urgent }) => !urgent)
  const since = firstSince(others)
  if (!since) return []
  const count = sum(others, 'overdue')
  const owners = ownersOf(
    others.map((cell) => ({ agency: cell.agency, count: cell.overdue })),
    desk.names.agencies,
  )
  return [{ kind: 'overdue', id: 'overdue', since, count, owners, href: liveAddress(desk, otherOverdueMark(count)) }]
}

const firstSince = (cells: readonly OpenCell[]): Date | undefined =>
  cells.flatMap((cell) => cell.since ?? []).sort((a, b) => a.getTime() - b.getTime())[0]

function dueRisks(desk: Desk, cells: readonly OpenCell[]): Risk[] {
  const count = sum(cells, 'today')
  const owners = ownersOf(
    cells.map((cell) => ({ agency: cell.agency, count: cell.today })),
    desk.names.agencies,
  )
  const href = liveAddress(desk, dueTodayMark(count, desk.today))
  return [{ kind: 'due_today', id: 'due_today', count, owners, href }]
}

type Surge = Awaited<ReturnType<typeof surgeCells>>[number]

function surgeRisks({ names, live, at, today }: Desk, cells: readonly Surge[]): Risk[] {
  const filters: BoardFilters = { ...live, period: { from: dayAfter(today, -1), to: today } }
  return cells.flatMap(({ category, area, agency, count, before, came }): Risk[] => {
    const topic = names.categories.get(category)
    const usual = before / surgeDays
    if (!topic || !isSurge(count, usual)) return []
    const { dataPoint } = surgeMark(count, { category, area, came })
    return [
      {
        kind: 'surge',
        id: `surge:${category}:${area ?? ''}`,
        usual,
        count,
        topic: { name: topic.name, nameEn: topic.nameEn },
        area: area === null ? null : (names.areas.get(area)?.name ?? null),
        owners: ownersOf([{ agency, count }], names.agencies),
        href: drillDownAddress({ dataPoint, filters, asOf: at }),
      },
    ]
  })
}

type Commitment = Awaited<ReturnType<typeof commitmentCells>>[number]

/** What was promised for a day: those whose day has passed without a new answer, and those of today. */
function commitmentRisks({ names, live, today }: Desk, cells: readonly Commitment[]): Risk[] {
  const risk = (kind: 'commitments_broken' | 'commitments_today', planned: QueueFilters['planned']): Risk => {
    const its = cells.filter(({ isBroken }) => isBroken === (kind === 'commitments_broken'))
    const agencies = live.agency === null ? [] : [live.agency]
    return {
      kind,
      id: kind,
      count: its.reduce((all, { count }) => all + count, 0),
      owners: ownersOf(its, names.agencies),
      href: `/reports?${queueAddress(queueOf('all', { planned, agencies, states: committedStates }))}`,
    }
  }
  return [
    risk('commitments_broken', { from: dayAfter(today, -commitmentDays), to: dayAfter(today, -1) }),
    risk('commitments_today', { from: today, to: today }),
  ]
}

function boundRisks(weeks: readonly AgencyWeek[], { agencies }: Names, bound: (mark: Mark) => string | null): Risk[] {
  return weeks.flatMap(({ agency: id, verdict, now, before }): Risk[] => {
    const agency = id === null ? undefined : agencies.get(id)
    if (!agency || verdict !== 'worse') return []
    const { missed } = agencyPromisesMarks(agency.id, now)
    const href = bound(missed)
    if (!href) return []
    const { count } = missed
    return [{ kind: 'out_of_bounds', id: `out_of_bounds:${agency.id}`, now, before, count, owners: [agency], href }]
  })
}
