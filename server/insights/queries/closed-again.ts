import { type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { ratings } from '#server/reports/rules/lifecycle.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import {
  type ClosedAgain,
  type CountedMonths,
  countClosesAgain,
  countMonths,
  lastMomentOf,
  rowsAbout,
  type Subjects,
  type Wanted,
} from '../rules/closed-again.ts'
import type { BoardFilters } from '../rules/filters.ts'
import { firstOfMonth, type Grain, monthAfter } from '../rules/period.ts'
import { areSummedBy, wholeCity } from '../rules/slices.ts'
import type { Tally } from '../rules/tally.ts'
import { readColumns } from './columns.ts'
import { agenciesBelow, categoriesBelow, moment, rowsOf, type Under } from './frames.ts'
import type { Source } from './memory.ts'
import { type Retold, rowsIn } from './relations.ts'
import { run } from './run.ts'
import { replacedIn } from './unsettled.ts'

/** Counts what was closed, reopened and perhaps closed again. */
export async function countClosedAgain(source: Source, under: Under, grain: Grain, tally: Tally): Promise<void> {
  const { span } = under
  const [{ parts, known }, ...replaced] = await Promise.all([
    partsUnder(source, { ...under, retold: null }, grain),
    ...replacedIn(under).map(async (part) => ({ ...part, rows: await rowsUnder(source.db, part.under) })),
  ])
  countClosesAgain(tally, parts, span, grain, { known })
  for (const { rows, weight } of replaced) countClosesAgain(tally, [rows], span, grain, { weight })
}

type Parts = { parts: ClosedAgain[]; known?: CountedMonths | undefined }

/** For accounts that see the whole city month by month, where a month is or can be cached; else the rows in scope. */
async function partsUnder(source: Source, under: Under, grain: Grain): Promise<Parts> {
  const { db } = source
  const { filters, actor, span } = under
  if (!scopeOf(actor).all || !areSummedBy(filters)) return { parts: [await rowsUnder(db, under)] }
  const [months, wanted] = await Promise.all([knownMonths(db, span), wantedUnder(db, filters)])
  const kept = await Promise.all(
    months.map(async ({ month, version }) => ({ month, version, rows: await keptMonth(source, month, version) })),
  )
  const isCountedOnce = ({ month, rows }: Kept) =>
    grain === 'month' &&
    startOfDay(month) >= span.from &&
    startOfDay(monthAfter(month)) <= span.to &&
    lastKept(rows) <= span.asOf.getTime()
  const [once, others] = [kept.filter(isCountedOnce), kept.filter((one) => !isCountedOnce(one))]
  const known = countedOnce(source, once, wanted, span)
  const rest = stretchesBeside(
    months.map(({ month }) => month),
    span,
  )
  const more = await Promise.all(rest.map((stretch) => rowsUnder(db, { ...under, span: { ...span, ...stretch } })))
  return { parts: [...others.map(({ rows }) => rowsAbout(rows, wanted)), ...more], known }
}

/** The filters of a board, as `frames.ts` applies them in the database. */
async function wantedUnder(
  db: Connection,
  { agency, area, category, channel, severity }: BoardFilters,
): Promise<Wanted> {
  const [agencies, categories] = await Promise.all([
    agency === null ? null : run<{ id: string }>(db, agenciesBelow(agency)),
    category === null ? null : run<{ code: string }>(db, categoriesBelow(category)),
  ])
  return {
    agency: agencies && new Set(agencies.map(({ id }) => id)),
    category: categories && new Set(categories.map(({ code }) => code)),
    area: area === null ? null : new Set([area]),
    channel: channel === null ? null : new Set([channel]),
    severity: severity === null ? null : new Set([severity]),
  }
}

type Kept = Month & { rows: ClosedAgain & Subjects }

const lastMoments = new WeakMap<ClosedAgain, number>()

function lastKept(rows: ClosedAgain): number {
  const last = lastMoments.get(rows) ?? lastMomentOf(rows)
  lastMoments.set(rows, last)
  return last
}

/** Months of which nothing is known that came after the moment of the figures are counted once, and kept. */
function countedOnce({ memory }: Source, months: readonly Kept[], wanted: Wanted, span: Under['span']): CountedMonths {
  const cache = memory.closedMonths
  const sets = Object.values(wanted).map((set: ReadonlySet<unknown> | null) => set && [...set])
  const name = JSON.stringify([months.map(({ month, version }) => [month, version]), sets, span.to])
  const known = cache.get(name)
  if (known) return known
  const counted = countMonths(
    months.map(({ rows }) => rowsAbout(rows, wanted)),
    span,
  )
  cache.set(name, counted)
  return counted
}

type Month = { month: LocalDay; version: string }

/**
 * The months of the span that have their sums, with the version of these: a transaction that writes rows of a month
 * writes or deletes its sum of the whole city, so as long as the versions are the same nothing of the month has
 * changed.
 */
const knownMonths = (db: Connection, { from, to }: Under['span']): Promise<Month[]> =>
  run<Month>(
    db,
    sql`select first_day::text as month, xmin::text as version from figure_sums
      where slice = ${wholeCity}::text and level = 'month' and first_day >= ${firstOfMonth(localDayOf(from))}::date
        and first_day < ${localDayOf(to)}::date order by first_day`,
  )

function keptMonth({ db, memory }: Source, month: LocalDay, version: string): Promise<ClosedAgain & Subjects> {
  const cache = memory.closedAgain
  const name = `${month} ${version}`
  const known = cache.get(name)
  const [from, to] = [startOfDay(month), startOfDay(monthAfter(month))]
  const where = sql`f.at >= ${moment(from)} and f.at < ${moment(to)}`
  const readRows = () => rowsWhere(db, { from: rowsIn('closes', {}), where })
  // What another reader began fails with that reader's transaction.
  if (known) return known.catch(readRows)
  const read = readRows()
  cache.set(name, read)
  read.catch(() => cache.delete(name))
  return read
}

/** The time ranges between the months and after them. */
function stretchesBeside(months: readonly LocalDay[], { from, to }: Under['span']): { from: Date; to: Date }[] {
  const stretches: { from: Date; to: Date }[] = []
  let since = from
  for (const month of months) {
    if (since < startOfDay(month)) stretches.push({ from: since, to: startOfDay(month) })
    since = startOfDay(monthAfter(month))
  }
  return since < to ? [...stretches, { from: since, to }] : stretches
}

const rowsUnder = (db: Connection, under: Under): Promise<ClosedAgain> =>
  rowsWhere(db, { ...rowsOf('closes', under), retold: under.retold })

const millis = (at: string): SQL => sql.raw(`coalesce((extract(epoch from ${at}) * 1000)::bigint, 0)`)
const bounded = (at: string): SQL =>
  sql.raw(`case when isfinite(${at}) then (extract(epoch from ${at}) * 1000)::bigint else 0 end`)
const bound = (at: string): string => `coalesce((extract(epoch from ${at}) * 1000)::bigint::text, '')`

const listed = `{${ratings.join(',')}}`

/** The condition of the partial index. */
const isAgain = sql`(f.number > 1 or f.reopened_at is not null)`
const nextRated = (retold: Retold | null): SQL =>
  sql`left join lateral (select l.at, min(l.rated_at) as rated_at from ${rowsIn('closes', { retold }, 'l')}
    where f.reopened_at is not null and l.report_id = f.report_id and l.number > f.number and l.rating is not null
      and l.agency_id is not distinct from f.agency_id
    group by l.number, l.at order by l.number limit 1) later on true`

type Rows = { from: SQL; where: SQL; retold?: Retold | null | undefined }

/** Rows as they are counted in the process, whether or not they are valid at the moment of the figures. */
export function rowsWhere(db: Connection, { from, where, retold = null }: Rows): Promise<ClosedAgain & Subjects> {
  return readColumns(
    db,
    { from: sql`${from} ${nextRated(retold)}`, where: sql`${where} and ${isAgain}` },
    {
      report: { number: sql`f.report_id` },
      at: { number: millis('f.at') },
      answered: { number: sql`2 - f.answered::int` },
      reopened: { number: millis('f.reopened_at') },
      reopenedBy: {
        number: sql`case when f.reopened_by_citizen then 1 when f.reopened_by_citizen is null then 0 else 2 end`,
      },
      rating: { number: sql`coalesce(array_position(${listed}::text[], f.rating), 0)` },
      rated: { number: millis('f.rated_at') },
      laterAt: { number: millis('later.at') },
      laterRated: { number: millis('later.rated_at') },
      spells: {
        word: sql`coalesce((select string_agg(${sql.raw(`${bound('lower(one)')} || ':' || ${bound('upper(one)')}`)}, ';')
          from unnest(f.out_spells) one), '')`,
      },
      validFrom: { number: bounded('f.valid_from') },
      validTo: { number: bounded('f.valid_to') },
      agency: { word: sql`coalesce(f.agency_id, '')` },
      category: { word: sql`f.category_code` },
      area: { number: sql`coalesce(f.area_id, 0)` },
      channel: { word: sql`f.channel` },
      severity: { word: sql`f.severity` },
    },
  )
}
