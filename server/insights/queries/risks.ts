import type { Context } from '#server/accounts/context.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { alertsInForce } from '#server/bulletins/queries/public-alerts.ts'
import { capSeverityOf } from '#server/bulletins/rules/alert.ts'
import { DomainError } from '#server/platform/errors.ts'
import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { QueueFilters } from '#server/reports/rules/queue-filters.ts'
import type { NamedAgency } from '../rules/board.ts'
import { drillDownAddress } from '../rules/data-point.ts'
import { type BoardFilters, noBoardFilters } from '../rules/filters.ts'
import {
  agencyPromisesMarks,
  dueTodayMark,
  type Mark,
  markAddress,
  otherOverdueMark,
  surgeMark,
  urgentOverdueMark,
  urgentTodayMark,
} from '../rules/marks.ts'
import { mayActOnRisk } from '../rules/risk-actions.ts'
import {
  type AgencyWeek,
  agencyOfToday,
  ownersOf,
  type Risk,
  type RiskOwner,
  ranked,
  topicsOf,
} from '../rules/today.ts'
import { makeFresh } from './freshness.ts'
import { type Names, readNames } from './names.ts'
import { actKey, type LastActs, lastActsOf } from './risk-actions.ts'
import { commitmentCells, committedStates, type OpenCell, openCells, surgeCells } from './today-cells.ts'
import { readWeek, type Week } from './today-week.ts'

const weekDays = 7
/** Commitments that were broken earlier are no news of today. */
const commitmentDays = 30

type Desk = { names: Names; live: BoardFilters; at: Date; today: LocalDay; actor: Actor; acts: LastActs }

/** The risks of a moment, for the agency that is read, and what they were read from. */
export type RisksRead = {
  risks: Risk[]
  /** Null: the whole city. */
  agency: NamedAgency | null
  live: BoardFilters
  /** The days that ended with yesterday, and their figures. */
  days: { from: LocalDay; to: LocalDay }
  week: Week
  open: OpenCell[]
  names: Names
  /** The address of a data point of that week. */
  bound: (mark: Mark | null) => string | null
}

export async function readRisks(ctx: Context, at: Date, asked: string | null): Promise<RisksRead> {
  const { db, actor } = ctx
  const today = localDayOf(at)
  const agency = agencyOfToday(actor, asked)
  const days = { from: dayAfter(today, -weekDays), to: dayAfter(today, -1) }
  const filters: BoardFilters = { ...noBoardFilters, period: days, agency }
  const live: BoardFilters = { ...noBoardFilters, period: 'today', agency }
  await makeFresh(db)
  const mayReadAlerts = agency === null && mayUse(actor, 'bulletins.read')
  const [names, week, open, surges, commitments, alerts, acts] = await Promise.all([
    readNames(db),
    readWeek(ctx, filters, at),
    openCells(ctx, live, at),
    surgeCells(ctx, live, at),
    commitmentCells(ctx, agency, { from: dayAfter(today, -commitmentDays), today }),
    mayReadAlerts ? alertsInForce(db, at) : [],
    lastActsOf(ctx, today),
  ])
  const led = agency === null ? null : names.agencies.get(agency)
  if (led === undefined) throw new DomainError('not_found', { subject: 'agency', id: agency })
  const desk: Desk = { names, live, at, today, actor, acts }
  const bound = (mark: Mark | null) => mark && markAddress({ filters, asOf: week.asOf }, mark)
  const risks = ranked([
    ...urgentRisks(desk, open),
    ...overdueRisks(desk, open),
    ...dueRisks(desk, open),
    ...surgeRisks(desk, surges),
    ...commitmentRisks(desk, commitments),
    ...alerts.map(
      ({ id, headline, expiresAt, bulletinId, message }): Risk => ({
        kind: 'alert',
        id: `alert:${id}`,
        headline,
        until: expiresAt,
        severity: capSeverityOf(message.info[0]?.severity),
        count: 1,
        owners: [],
        href: `/bulletins/${bulletinId}`,
      }),
    ),
    ...boundRisks(desk, week.agencies, bound),
  ])
  return { risks, agency: led, live, days, week, open, names, bound }
}

const liveAddress = ({ live, at }: Desk, { dataPoint }: Mark): string =>
  drillDownAddress({ dataPoint, filters: live, asOf: at })

/** The owners of a risk, each with what opens its part. */
function owning(
  { names, actor, acts }: Desk,
  risk: string,
  counts: Parameters<typeof ownersOf>[0],
  hrefOf: (agency: string, count: number) => string,
): RiskOwner[] {
  return ownersOf(counts, names.agencies).map((owner) => ({
    ...owner,
    href: hrefOf(owner.id, owner.count),
    mayAct: mayActOnRisk(actor, owner.id),
    reminded: acts.get(actKey('remind', risk, owner.id)) ?? null,
    asked: acts.get(actKey('explain', risk, owner.id)) ?? null,
  }))
}

/** Urgent work of each agency: what is overdue, and what will be by tonight. */
function urgentRisks(desk: Desk, cells: readonly OpenCell[]): Risk[] {
  const { names, today } = desk
  const urgent = Map.groupBy(
    cells.filter((cell) => cell.urgent),
    ({ agency }) => agency,
  )
  return [...urgent].flatMap(([agency, its]): Risk[] => {
    const [overdue, due] = [sum(its, 'overdue'), sum(its, 'today')]
    const owned = (risk: string, count: number, href: string) => owning(desk, risk, [{ agency, count }], () => href)
    const topics = (of: 'overdue' | 'today') =>
      topicsOf(
        its.flatMap((cell) => {
          const topic = names.categories.get(cell.category)
          return topic && cell[of] > 0 ? [{ name: topic.name, nameEn: topic.nameEn, count: cell[of] }] : []
        }),
      )
    const since = firstSince(its)
    const [lateId, dueId] = [`urgent_overdue:${agency ?? ''}`, `urgent_today:${agency ?? ''}`]
    const lateHref = liveAddress(desk, urgentOverdueMark(overdue, agency))
    const dueHref = liveAddress(desk, urgentTodayMark(due, today, agency))
    const late: Risk[] = since
      ? [
          {
            kind: 'urgent_overdue',
            id: lateId,
            topics: topics('overdue'),
            since,
            count: overdue,
            owners: owned(lateId, overdue, lateHref),
            href: lateHref,
          },
        ]
      : []
    return [
      ...late,
      {
        kind: 'urgent_today',
        id: dueId,
        topics: topics('today'),
        count: due,
        owners: owned(dueId, due, dueHref),
        href: dueHref,
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
  const hrefOf = (most: number, agency?: string) => liveAddress(desk, otherOverdueMark(most, agency))
  const owners = owning(
    desk,
    'overdue',
    others.map((cell) => ({ agency: cell.agency, count: cell.overdue })),
    (agency, own) => hrefOf(own, agency),
  )
  return [{ kind: 'overdue', id: 'overdue', since, count, owners, href: hrefOf(count) }]
}

const firstSince = (cells: readonly OpenCell[]): Date | undefined =>
  cells.flatMap((cell) => cell.since ?? []).sort((a, b) => a.getTime() - b.getTime())[0]

function dueRisks(desk: Desk, cells: readonly OpenCell[]): Risk[] {
  const count = sum(cells, 'today')
  const hrefOf = (most: number, agency?: string) => liveAddress(desk, dueTodayMark(most, desk.today, agency))
  const owners = owning(
    desk,
    'due_today',
    cells.map((cell) => ({ agency: cell.agency, count: cell.today })),
    (agency, own) => hrefOf(own, agency),
  )
  return [{ kind: 'due_today', id: 'due_today', count, owners, href: hrefOf(count) }]
}

type Surge = Awaited<ReturnType<typeof surgeCells>>[number]

function surgeRisks(desk: Desk, cells: readonly Surge[]): Risk[] {
  const { names, live, at, today } = desk
  const filters: BoardFilters = { ...live, period: { from: dayAfter(today, -1), to: today } }
  return cells.flatMap(({ category, area, holders, count, usual, came }): Risk[] => {
    const topic = names.categories.get(category)
    if (!topic) return []
    const id = `surge:${category}:${area ?? ''}`
    const hrefOf = (most: number, agency?: string) => {
      const { dataPoint } = surgeMark(most, { category, area, came }, agency)
      return drillDownAddress({ dataPoint, filters, asOf: at })
    }
    return [
      {
        kind: 'surge',
        id,
        usual,
        count,
        topic: { name: topic.name, nameEn: topic.nameEn },
        area: area === null ? null : (names.areas.get(area)?.name ?? null),
        place: { category, area },
        owners: owning(
          desk,
          id,
          holders.map((agency) => ({ agency, count: 1 })),
          (agency, own) => hrefOf(own, agency),
        ),
        href: hrefOf(count),
      },
    ]
  })
}

type Commitment = Awaited<ReturnType<typeof commitmentCells>>[number]

/**
 * What was promised for a day: those whose day has passed without a new answer, and those of today. The filter of the
 * queue takes an agency with all below it, so an owner is counted with what those below it have.
 */
function commitmentRisks(desk: Desk, cells: readonly Commitment[]): Risk[] {
  const { names, live, today } = desk
  const risk = (kind: 'commitments_broken' | 'commitments_today', planned: QueueFilters['planned']): Risk => {
    const its = cells.filter(({ isBroken }) => isBroken === (kind === 'commitments_broken'))
    const total = (some: readonly Commitment[]) => some.reduce((all, { count }) => all + count, 0)
    const hrefOf = (agency: string | null) => {
      const filters = { planned, agencies: agency === null ? [] : [agency], states: committedStates }
      return `/reports?${queueAddress(queueOf('all', filters))}`
    }
    return {
      kind,
      id: kind,
      count: total(its),
      owners: owning(desk, kind, its, hrefOf).map((owner) => ({
        ...owner,
        count: total(its.filter(({ agency }) => isWithin(names, agency, owner.id))),
      })),
      href: hrefOf(live.agency),
    }
  }
  return [
    risk('commitments_broken', { from: dayAfter(today, -commitmentDays), to: dayAfter(today, -1) }),
    risk('commitments_today', { from: today, to: today }),
  ]
}

/** Whether an agency is another one, or below it. */
function isWithin({ parents }: Names, agency: string | null, other: string): boolean {
  for (let id = agency; id !== null; id = parents.get(id) ?? null) if (id === other) return true
  return false
}

function boundRisks(desk: Desk, weeks: readonly AgencyWeek[], bound: (mark: Mark) => string | null): Risk[] {
  return weeks.flatMap(({ agency, verdict, now, before }): Risk[] => {
    if (agency === null || verdict !== 'worse') return []
    const { missed } = agencyPromisesMarks(agency, now)
    const [id, href, count] = [`out_of_bounds:${agency}`, bound(missed), missed.count]
    if (href === null) return []
    const owners = owning(desk, id, [{ agency, count }], () => href)
    return owners.length === 0 ? [] : [{ kind: 'out_of_bounds', id, now, before, count, owners, href }]
  })
}
