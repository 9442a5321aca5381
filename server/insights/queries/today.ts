import type { Context } from '#server/accounts/context.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import type { KpiFigure, NamedAgency } from '../rules/board.ts'
import type { Coordinated } from '../rules/coordinated.ts'
import { drillDownAddress } from '../rules/data-point.ts'
import { workingDayAfter } from '../rules/explanations.ts'
import { agencyPromisesMarks, kpiMarks, urgentOverdueMark } from '../rules/marks.ts'
import {
  changesOf,
  type Headline,
  headlineOf,
  ledAgencies,
  type Risk,
  type ToldChange,
  todayKpis,
} from '../rules/today.ts'
import { cityTime } from './city-time.ts'
import { coordinatedUnder } from './coordinated.ts'
import { type Explaining, explanationsOf } from './explanations.ts'
import type { Names } from './names.ts'
import { readRisks } from './risks.ts'

export type Today = {
  /** The risks are those of this moment. */
  asOf: Date
  /** Null: the whole city. */
  agency: NamedAgency | null
  /** What the account may read of, this one included. */
  choices: (NamedAgency | null)[]
  /** What the agency only coordinates: in none of the figures. */
  coordinated: Coordinated | null
  headline: Headline
  changes: { told: (ToldChange & { href: string | null })[]; weighed: number; unclear: number }
  risks: Risk[]
  /** Open ones, and those answered in the last days. */
  explanations: Explaining[]
  hasMoreExplanations: boolean
  /** When an explanation is due unless another day is chosen. */
  nextWorkingDay: LocalDay
  /** The week that ended with yesterday. */
  week: { from: LocalDay; to: LocalDay; minutesPerDay: number }
  onTime: Figured
  figures: Figured[]
}
export type Figured = { kpi: KpiFigure; href: string | null }

/** What a manager or the head of an agency has to know this morning, for the agencies they lead. */
export async function readToday(ctx: Context, asked: string | null): Promise<Today> {
  const at = ctx.now()
  const { risks, agency, live, days, week, open, names, bound } = await readRisks(ctx, at, asked)
  const [{ shown: explanations, hasMore: hasMoreExplanations }, time, coordinated] = await Promise.all([
    explanationsOf(ctx, live.agency, at),
    cityTime(ctx),
    coordinatedUnder(ctx, live, names, at),
  ])
  const overdue = open.reduce((sum, cell) => sum + (cell.urgent ? cell.overdue : 0), 0)
  const { told, ...tested } = changesOf(week.kpis, week.agencies, names.agencies)
  const figured = (kpi: KpiFigure): Figured => ({ kpi: { ...kpi, spark: [] }, href: bound(kpiMarks(kpi).figure) })
  const { dataPoint } = urgentOverdueMark(overdue)
  return {
    asOf: at,
    agency,
    choices: choicesOf(agency, ledAgencies(ctx.actor), names),
    coordinated,
    headline: headlineOf(risks, { count: overdue, href: drillDownAddress({ dataPoint, filters: live, asOf: at }) }),
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
    explanations,
    hasMoreExplanations,
    nextWorkingDay: workingDayAfter(localDayOf(at), time),
    week: { ...days, minutesPerDay: week.minutesPerDay },
    onTime: figured(week.kpis.on_time),
    figures: todayKpis.map((id) => figured(week.kpis[id])),
  }
}

/** Those that the account leads, and one below them that is read. */
function choicesOf(read: NamedAgency | null, led: readonly string[] | null, { agencies }: Names): Today['choices'] {
  const all = led === null ? [null] : led.flatMap((id) => agencies.get(id) ?? [])
  return all.some((one) => one?.id === read?.id) ? all : [...all, read]
}
