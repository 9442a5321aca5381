import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { earlierOf, firstOfMonth, type Grain, laterOf, monthAfter } from '../rules/period.ts'
import { type Piece, withFewStretches } from '../rules/pieces.ts'
import type { Settled } from '../rules/settled.ts'
import { areOfDays, areSummedBy, sliceOfAgency, sliceOfArea, slicesOf, wholeCity } from '../rules/slices.ts'
import { addSums } from '../rules/sums.ts'
import type { Tally } from '../rules/tally.ts'
import { agenciesBelow, categoriesBelow, type Under } from './frames.ts'
import { keptSums, knownSumsNow, type SumName } from './kept-sums.ts'
import type { Source } from './memory.ts'
import { run } from './run.ts'

type Stretch = { from: Date; to: Date }
/** Which sums a board can be made of, and for which time ranges its rows are counted instead. */
type Pieces = { slices: string[]; sums: SumName[]; summed: Stretch[]; rest: Stretch[] }

/** Where there are more, those that are nearest to each other are counted as one, with what is between them. */
const mostStretches = 4

/** Nothing from sums. */
const piecesOfRows = ({ span: { from, to } }: Under): Pieces => ({
  slices: [],
  sums: [],
  summed: [],
  rest: from < to ? [{ from, to }] : [],
})

/** `slices`: as `slicesUnder` gives them. */
export async function piecesOf(db: Connection, under: Under, grain: Grain, slices: string[] | null): Promise<Pieces> {
  const { from, to, asOf } = under.span
  const whole = piecesOfRows(under)
  // A day that is not over yet is counted from its rows.
  const until = startOfDay(localDayOf(earlierOf(to, asOf)))
  if (!slices || until <= from) return whole
  const hasDays = areOfDays(slices)
  if (!hasDays && grain !== 'month') return whole
  const known = await knownSums(db, localDayOf(from), localDayOf(until))
  const found: Piece<SumName>[] = []
  for (let day = localDayOf(from); startOfDay(day) < until; ) {
    const next = monthAfter(firstOfMonth(day))
    const isMonth = day.endsWith('-01') && startOfDay(next) <= until && known.has(`month ${day}`)
    const takesMonth = isMonth && grain === 'month'
    const takesDay = !takesMonth && hasDays && known.has(`day ${day}`)
    const end = takesMonth ? next : dayAfter(day)
    const sum: SumName | null = takesMonth || takesDay ? { level: takesMonth ? 'month' : 'day', firstDay: day } : null
    found.push({ from: laterOf(startOfDay(day), from), to: startOfDay(end), sum })
    day = end
  }
  if (until < to) found.push({ from: until, to, sum: null })
  const pieces: Pieces = { slices, sums: [], summed: [], rest: [] }
  for (const { sum, ...stretch } of withFewStretches(found, mostStretches)) {
    if (sum) pieces.sums.push(sum)
    append(sum ? pieces.summed : pieces.rest, stretch)
  }
  return pieces
}

function append(stretches: Stretch[], { from, to }: Stretch): void {
  const last = stretches.at(-1)
  if (from >= to) return
  if (last && last.to.getTime() === from.getTime()) last.to = to
  else stretches.push({ from, to })
}

/**
 * Sums are kept for accounts that see the whole city: by category, channel and severity together, by agency alone, and
 * by area alone. All else is small enough to be counted.
 */
export async function slicesUnder(db: Connection, { filters, actor }: Under): Promise<string[] | null> {
  const { agency, area, category, channel, severity } = filters
  if (!scopeOf(actor).all || !areSummedBy(filters)) return null
  const isOfSubject = category !== null || channel !== null || severity !== null
  if (area !== null) return agency !== null || isOfSubject ? null : [sliceOfArea(area)]
  if (agency !== null) {
    if (isOfSubject) return null
    return (await run<{ id: string }>(db, agenciesBelow(agency))).map(({ id }) => sliceOfAgency(id))
  }
  if (category === null) return slicesOf(null, channel, severity)
  const codes = await run<{ code: string }>(db, categoriesBelow(category))
  return slicesOf(
    codes.map(({ code }) => code),
    channel,
    severity,
  )
}

/** A day or month of the whole city implies those of every slice: a slice without reports has no sums. */
async function knownSums(db: Connection, from: LocalDay, until: LocalDay): Promise<Set<string>> {
  const rows = await run<{ known: string }>(
    db,
    sql`select level || ' ' || first_day as known from figure_sums
      where slice = ${wholeCity}::text and first_day >= ${from}::date and first_day < ${until}::date`,
  )
  return new Set(rows.map(({ known }) => known))
}

/**
 * Adds the sums to the tally. Returns when the last row of these days was settled, frame by frame (null: unknown), and
 * which sums they were (`areUnchanged`); null where some are gone by now.
 */
export async function addKnownSums(
  source: Source,
  { slices, sums }: Pieces,
  grain: Grain,
  tally: Tally,
  isWanted?: (place: string) => boolean,
): Promise<{ settled: Settled | null; sumVersions: string } | null> {
  if (sums.length === 0) return { settled: {}, sumVersions: '' }
  const known = await keptSums(source, slices, sums, grain)
  if (!known) return null
  for (const one of known.found) addSums(tally, one, isWanted)
  return known
}

/** Whether they are still the same: then what was counted beside them is consistent with them. */
export const areUnchanged = async (db: Connection, { sums }: Pieces, sumVersions: string): Promise<boolean> =>
  sums.length === 0 || (await knownSumsNow(db, sums)) === sumVersions
