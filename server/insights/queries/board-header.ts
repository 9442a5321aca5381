import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { minutesPerDay } from '#server/calendars/rules/working-time.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import type { BoardHeader } from '../rules/board.ts'
import { noBoardFilters } from '../rules/filters.ts'
import { isPartSeen, readingAgencies } from '../rules/part-seen.ts'
import { launchDay, resolvePeriod } from '../rules/period.ts'
import type { FiguresNow, Reading } from './board-figures.ts'
import { rowsOf } from './frames.ts'
import { lastCheck } from './freshness.ts'
import type { Names } from './names.ts'
import { run } from './run.ts'

type Known = { names: Names; behind: number; parts: FiguresNow['parts'] }

/** Whose figures these are, as of when, and what limits their reliability. */
export async function headerOf(
  ctx: Context,
  { period, time, under }: Reading,
  { names, behind, parts }: Known,
): Promise<BoardHeader> {
  const { filters, actor } = under
  const { fromDay, toDay, asOf, isPartial, grain, comparedFrom, comparedTo } = period
  const [isAnyKnown, check] = await Promise.all([parts.received > 0 || knowsAny(ctx), lastCheck(ctx.db)])
  const agency = (id: string | null) => (id === null ? null : (names.agencies.get(id) ?? null))
  const scope = scopeOf(actor)
  const category = filters.category === null ? null : names.categories.get(filters.category)
  const isCompared = filters.compare !== 'none' && comparedFrom !== null && comparedTo !== null
  return {
    filters,
    asOf,
    fromDay,
    toDay,
    isPartial,
    grain,
    compared: isCompared
      ? {
          kind: filters.compare,
          from: comparedFrom,
          to: comparedTo,
          agency: filters.compare === 'agency' ? agency(filters.comparedAgency) : null,
          isPart: filters.compare === 'agency' && isPartSeen(scope, [filters.comparedAgency]),
        }
      : null,
    scope: scope.all
      ? { all: true }
      : {
          all: false,
          agencies: readingAgencies(actor).flatMap((id) => agency(id) ?? []),
          isPart: isPartSeen(scope, [filters.agency]),
        },
    counted: parts.received,
    isAnyKnown,
    spamOrTest: parts.spamOrTest,
    merged: parts.merged,
    minutesPerDay: minutesPerDay(time, asOf),
    names: {
      agency: agency(filters.agency)?.name ?? null,
      comparedAgency: agency(filters.comparedAgency)?.name ?? null,
      area: filters.area === null ? null : (names.areas.get(filters.area)?.name ?? null),
      category: category ? { name: category.name, nameEn: category.nameEn } : null,
      incident: filters.incident === null ? null : (names.incidents.get(filters.incident) ?? null),
    },
    behind,
    check,
  }
}

/**
 * Whether the account may see any report at all: an empty board of a city with reports has another sentence than one
 * with none.
 */
async function knowsAny({ db, actor, now }: Context): Promise<boolean> {
  const span = resolvePeriod({ period: { from: launchDay, to: '2099-12-31' }, compare: 'none' }, now())
  const { from, where } = rowsOf('received', { filters: noBoardFilters, span, actor })
  return (await run(db, sql`select 1 from ${from} where ${where} limit 1`)).length > 0
}
