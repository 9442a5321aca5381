import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { type BoardFilters, momentAsked } from '../rules/filters.ts'
import { jumpsAmong, mostSpans, type PartCounts, type SpanLengths } from '../rules/jumps.ts'
import { resolvePeriod } from '../rules/period.ts'
import type { NamedJump } from '../rules/weekly.ts'
import { comparableSpans, type WeeklyQuestion } from '../rules/weekly-period.ts'
import { readAsAsked } from './as-issued.ts'
import { rowsOf, type Under } from './frames.ts'
import { readNames } from './names.ts'
import { run } from './run.ts'

export type Place = { category: string; area: number | null }
type Cell = Place & { count: number }
type Within = { from: Date; to: Date }

/**
 * How many came in by kind and commune, in a span and in each of those before it. Each is counted as of its end, as the
 * one that is judged: what was merged later still counts in it.
 */
async function cellsIn(db: Database, under: Under, spans: readonly Within[]): Promise<Cell[][]> {
  const cells: Cell[][] = []
  for (const { from: begin, to } of spans) {
    const span = { ...under.span, from: begin, to, asOf: to, isPartial: false }
    const { from, where } = rowsOf('cohort', { ...under, span })
    cells.push(
      await run<Cell>(
        db,
        sql`select f.category_code as category, f.area_id as area, count(*)::int as count
          from ${from} where ${where} group by 1, 2`,
      ),
    )
  }
  return cells
}

/** The counts of each part, told apart by a key; the first of the spans is the one that is judged. */
function partsIn<Key>(spans: readonly (readonly Cell[])[], keyOf: (cell: Cell) => Key): Map<Key, PartCounts> {
  const parts = new Map<Key, number[]>()
  for (const [place, cells] of spans.entries())
    for (const cell of cells) {
      const counts = parts.get(keyOf(cell)) ?? spans.map(() => 0)
      counts[place] = (counts[place] ?? 0) + cell.count
      parts.set(keyOf(cell), counts)
    }
  return new Map([...parts].map(([key, [now = 0, ...before]]) => [key, { now, before }]))
}

const lengthsOf = ([now, ...before]: readonly Within[]): SpanLengths => {
  const length = (span: Within | undefined) => (span ? span.to.getTime() - span.from.getTime() : 0)
  return { now: length(now), before: before.map(length) }
}

/** The communes and groups of categories of which a report to the leadership says that they jump. */
export async function jumpsOfWeekly(
  ctx: Context,
  question: WeeklyQuestion,
  { filters, asOf }: { filters: BoardFilters; asOf: Date },
): Promise<NamedJump[]> {
  const period = resolvePeriod(filters, momentAsked(filters, asOf))
  const spans = [period, ...comparableSpans(question)].map(({ from, to }) => ({ from, to }))
  const names = await readNames(ctx.db)
  const cells = await readAsAsked(ctx.db, filters, ({ db, retold }) =>
    cellsIn(db, { filters, actor: ctx.actor, retold, span: period }, spans),
  )
  const groupOf = ({ category }: Cell) => names.categories.get(category)?.parentCode ?? category
  const parts = [
    ...[...partsIn(cells, ({ area }) => area)].map(([key, counts]) => ({ kind: 'area' as const, key, counts })),
    ...[...partsIn(cells, groupOf)].map(([key, counts]) => ({ kind: 'category' as const, key, counts })),
  ]
  const jumps = jumpsAmong(
    parts.map(({ counts }) => counts),
    lengthsOf(spans),
  )
  return parts.flatMap(({ kind, key, counts: { now } }, place): NamedJump[] => {
    const jump = jumps[place]
    if (key === null || !jump?.isJump) return []
    const { name = String(key), nameEn = name } =
      kind === 'category' ? (names.categories.get(String(key)) ?? {}) : { name: names.areas.get(Number(key))?.name }
    return [{ kind, key: String(key), name, nameEn, now, usual: jump.usual }]
  })
}

/** What came in within a day of many reports of one kind in one commune, and what is usual in such a day. */
export type Surge = Place & { count: number; usual: number }

const [dayMillis, weekMillis] = [86_400_000, 7 * 86_400_000]

/** The same hours of the same weekday in the weeks before tell what is usual. */
export async function surgesAt({ db }: Context, under: Under, at: Date): Promise<Surge[]> {
  const spans = Array.from({ length: mostSpans + 1 }, (_, week) => {
    const to = new Date(at.getTime() - week * weekMillis)
    return { from: new Date(to.getTime() - dayMillis), to }
  })
  const cells = await cellsIn(db, under, spans)
  const placeOf = ({ category, area }: Place) => `${category} ${area ?? ''}`
  const parts = partsIn(cells, placeOf)
  const jumps = jumpsAmong([...parts.values()], lengthsOf(spans))
  const usual = new Map([...parts.keys()].map((key, place) => [key, jumps[place]?.isJump ? jumps[place].usual : null]))
  return (cells[0] ?? []).flatMap((cell) => {
    const its = usual.get(placeOf(cell)) ?? null
    return its === null ? [] : [{ ...cell, usual: its }]
  })
}
