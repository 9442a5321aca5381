import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { slicesCounted, type WorkingTime } from '#server/calendars/rules/working-time.ts'
import { refusalFor } from '#server/platform/rules/failure.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { type CaseMix, compareMixes } from '../rules/case-mix.ts'
import type { Cell } from '../rules/case-mix-rates.ts'
import { type BoardFilters, momentAsked } from '../rules/filters.ts'
import { resolvePeriod } from '../rules/period.ts'
import { readAsAsked } from './as-issued.ts'
import { cityTime } from './city-time.ts'
import { moment, rowsOf, type Under } from './frames.ts'
import { makeFresh } from './freshness.ts'
import { keptPast } from './kept-past.ts'
import { memoryOf } from './memory.ts'
import { readNames } from './names.ts'
import { conditionOf } from './predicates.ts'
import { run } from './run.ts'
import { slicesUnder } from './sums.ts'

const yearBefore = -365
/** What fell due in those twelve months was received at most so long before. */
const hoursBefore = -730

/**
 * Agencies against what others missed of the same mix of promises. Null where the others are not seen: for accounts of
 * some agencies, and on the board of one.
 *
 * It reads every promise of thirteen months, so it is asked for by its own card and not with the board.
 */
export async function readCaseMix(
  ctx: Context,
  { filters, asOf }: { filters: BoardFilters; asOf: Date },
): Promise<CaseMix | null> {
  const { db, actor } = ctx
  if (!scopeOf(actor).all || filters.agency !== null) return null
  await makeFresh(db)
  const period = resolvePeriod({ ...filters, compare: 'none' }, momentAsked(filters, asOf))
  const [names, time] = await Promise.all([readNames(db), cityTime(ctx)])
  const hours = openHours(startOfDay(dayAfter(period.fromDay, hoursBefore)), period.asOf, time)
  const span = { ...period, from: startOfDay(dayAfter(period.fromDay, yearBefore)) }
  const cells = await readAsAsked(db, filters, async ({ db: source, retold }) => {
    const under: Under = { filters, actor, retold, span }
    const past = { under, slices: await slicesUnder(source, under), since: span.from, more: [period.from, hours] }
    return keptPast(source, memoryOf(source).cells, past, () => readCells(source, under, { since: period.from, hours }))
  })
  const groupOf = (category: string) => names.categories.get(category)?.parentCode ?? category
  const all = cells.map((cell) => ({ ...cell, group: groupOf(cell.category) }))
  const before = all.filter(({ isNow }) => !isNow)
  const { agencies, ...comparison } = compareMixes(
    all.filter(({ isNow }) => isNow),
    before,
  )
  const from = localDayOf(span.from)
  return {
    ...comparison,
    past: { from, due: before.reduce((sum, { due }) => sum + due, 0), begins: await logBegins(db, from) },
    agencies: agencies.map(({ agency: id, ...mix }) => {
      const { name, shortName } = names.agencies.get(id) ?? { name: id, shortName: id }
      return { ...mix, id, name, shortName }
    }),
  }
}

/** The day of the first report, where it is later than this one. */
async function logBegins(db: Context['db'], from: LocalDay): Promise<LocalDay | null> {
  const [row] = await run<{ first: Date | null }>(db, sql`select min(received_at) as first from reports`)
  const first = row?.first ? localDayOf(new Date(row.first)) : null
  return first !== null && first > from ? first : null
}

/** The same beside other figures, which do not fail with it: `late` where it takes longer than a statement may. */
export async function caseMixInTime(...asked: Parameters<typeof readCaseMix>): Promise<CaseMix | 'late' | null> {
  try {
    return await readCaseMix(...asked)
  } catch (error) {
    if (refusalFor(error).code === 'too_slow') return 'late'
    throw error
  }
}

export type CellRow = Omit<Cell, 'group'> & { category: string; isNow: boolean }

function readCells(
  db: Context['db'],
  under: Under,
  { since, hours }: { since: Date; hours: string },
): Promise<CellRow[]> {
  const { from, where } = rowsOf('due', under)
  return run(
    db,
    sql`select agency_id as agency, category_code as category, is_now as "isNow",
        concat_ws(' ', category_code, severity, ${limitClass(sql`minutes`)}, in_hours) as stratum,
        count(*)::int as due, count(*) filter (where is_missed)::int as missed
      from (
        select f.agency_id, f.category_code, f.severity, c.target_minutes - c.extended_minutes as minutes,
          r.received_at <@ ${hours}::tstzmultirange as in_hours, f.due_at >= ${moment(since)} as is_now,
          ${conditionOf('promises_missed', under)} as is_missed
        from ${from}
        join reports r on r.id = f.report_id
        left join report_clocks c on c.report_id = f.report_id and c.kind = 'resolution' and c.round = f.number - 1
        where ${where} and f.agency_id is not null) promises
      group by agency_id, category_code, is_now, stratum`,
  )
}

/** Up to one, three or ten working days, or longer: by the promise before extensions. */
const limitClass = (minutes: SQL): SQL => sql`width_bucket(${minutes}, array[481, 1441, 4801])`

/** The working hours of the city, as a multirange. */
const openHours = (from: Date, to: Date, time: WorkingTime): string =>
  `{${slicesCounted(from, to, time)
    .map((slice) => `[${slice.from.toISOString()},${slice.to.toISOString()})`)
    .join(',')}}`
