import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { type Grain, stepOf } from '../rules/period.ts'
import { type Settled, settleLater } from '../rules/settled.ts'
import { wholeCity } from '../rules/slices.ts'
import { joinSums, readSums, type Sums } from '../rules/sums.ts'
import type { Source } from './memory.ts'
import { run } from './run.ts'

export type SumName = { level: 'day' | 'month'; firstDay: LocalDay }
/** One that is in the database now; a rewritten one has another version. */
type Known = {
  slice: string
  level: SumName['level']
  firstDay: LocalDay
  version: string
  /** Of the whole city only; null there, too, where a process of an earlier version filled it. */
  settled: Settled | null
}

/**
 * Which of the sums of these days and months exist now, for the whole city and by their versions: a transaction that
 * writes rows of a day writes or deletes the sum of the whole city, so as long as these are the same nothing of those
 * days has changed.
 */
export async function knownSumsNow(db: Connection, sums: readonly SumName[]): Promise<string> {
  return namesOf(await run<Known>(db, knownAmong([wholeCity], sums)))
}

const knownAmong = (slices: readonly string[], sums: readonly SumName[]) =>
  sql`select slice, level, first_day::text as "firstDay", xmin::text as version, settled from figure_sums
    where ${isAmong(slices, sums)} order by first_day, slice`

/**
 * The sums of these days and months for all of the slices; null where some of them are gone by now. The added-up sums
 * of a week's days and of a year's months are kept in memory: the versions in the database are read each time, and only
 * new sums are read in full.
 */
export async function keptSums(
  { db, memory }: Source,
  slices: readonly string[],
  sums: readonly SumName[],
  grain: Grain,
): Promise<{ found: Sums[]; settled: Settled | null; sumVersions: string } | null> {
  const known = await run<Known>(db, knownAmong([...slices, wholeCity], sums))
  // A sum of the whole city implies those of every slice: a slice without reports has no sums.
  const ofCity = known.filter(({ slice }) => slice === wholeCity)
  if (ofCity.length < sums.length) return null
  const cache = memory.sums
  const groups = groupsOf(
    known.filter(({ slice }) => slices.includes(slice)),
    grain,
  )
  // Held here, because a new entry may evict one that was there a moment ago.
  const held = new Map([...groups.keys()].map((name) => [name, cache.get(name)]))
  const missing = [...groups].filter(([name]) => !held.get(name)).flatMap(([, group]) => group)
  const texts = await textsOf(db, missing)
  if (!texts) return null
  const read = (sum: Known): Sums => readSums(texts.get(nameOf(sum)) as string, stepIn(sum, grain))
  const found = [...groups].map(([name, group]) => {
    const one = held.get(name) ?? together(group.map(read))
    cache.set(name, one)
    return one
  })
  return { found, settled: lastSettled(ofCity), sumVersions: namesOf(ofCity) }
}

/** Null where one of them does not say. */
function lastSettled(sums: readonly Known[]): Settled | null {
  const last: Settled = {}
  for (const { settled } of sums) {
    if (!settled) return null
    settleLater(last, settled)
  }
  return last
}

const together = (all: Sums[]): Sums => (all.length === 1 ? (all[0] as Sums) : joinSums(all))
const stepIn = ({ firstDay }: Known, grain: Grain): string => String(stepOf(firstDay, grain))
const nameOf = ({ slice, level, firstDay, version }: Omit<Known, 'settled'>): string =>
  `${slice} ${level} ${firstDay} ${version}`

const namesOf = (known: readonly Known[]): string => known.map(nameOf).join(', ')

/** The months of one year and the days of one week are asked for together, again and again. */
function groupsOf(known: readonly Known[], grain: Grain): Map<string, Known[]> {
  const groups = Map.groupBy(known, ({ level, firstDay }) =>
    level === 'month' ? firstDay.slice(0, 4) : `week ${stepOf(firstDay, 'week')}`,
  )
  return new Map([...groups.values()].map((group) => [`${grain} ${group.map(nameOf).join(', ')}`, group]))
}

/** By name; null where one of them no longer exists. */
async function textsOf(db: Connection, wanted: readonly Known[]): Promise<Map<string, string> | null> {
  if (wanted.length === 0) return new Map()
  const slices = [...new Set(wanted.map(({ slice }) => slice))]
  const rows = await run<Omit<Known, 'settled'> & { sums: string }>(
    db,
    sql`select slice, level, first_day::text as "firstDay", xmin::text as version, sums from figure_sums
      where ${isAmong(slices, wanted)}`,
  )
  const texts = new Map(rows.map((row) => [nameOf(row), row.sums]))
  return wanted.every((sum) => texts.has(nameOf(sum))) ? texts : null
}

function isAmong(slices: readonly string[], sums: readonly SumName[]) {
  const days = (level: SumName['level']) =>
    pgArray([...new Set(sums.filter((sum) => sum.level === level).map(({ firstDay }) => firstDay))])
  return sql`slice = any(${pgArray(slices)}::text[])
    and ((level = 'month' and first_day = any(${days('month')}::date[]))
      or (level = 'day' and first_day = any(${days('day')}::date[])))`
}

/** None of these words contains a quote. */
const pgArray = (values: readonly string[]): string => `{${values.map((value) => `"${value}"`).join(',')}}`
