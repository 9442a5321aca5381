import { type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { orderOf, type Queue, type QueueCursor } from '../rules/queue.ts'
import {
  accentedQuery,
  beginningsQuery,
  byOwnWords,
  foldedQuery,
  foldedWords,
  type ParsedQuery,
  rankingQueries,
  rarestQuery,
  respelledQuery,
} from '../rules/search.ts'
import { respelled } from '../rules/spelling.ts'
import { conditionsOf } from './queue-conditions.ts'
import { matchOrder, rowOrder } from './queue-order.ts'
import { countCap, type FoundRows, pageSize } from './queue-page.ts'
import { hitsOf, isHit } from './search-hits.ts'
import { rowsExpected, type SearchStep, stepRows } from './search-ways.ts'
import { vocabulary } from './vocabulary.ts'
import { wordShares } from './word-shares.ts'

const modes = ['code', 'words', 'beginnings', 'mistyped'] as const
type Mode = (typeof modes)[number]

/** Up to this many matches, or reports in scope, are read completely: that costs less than a further estimate. */
const fewMatches = 3000
/** Up to this many candidates are checked one by one, which is faster than the index for the whole query. */
const mostCandidates = 300
/** With this many hits the newest soon fill a page, and their number is known to pass the cap. */
const manyHits = 3 * countCap

/**
 * Reports with the typed words, found the cheapest way. Whole words first; only where there are none their beginnings,
 * then similar words. A page ends in a cursor of mode, step and keys, which tell the next page where to continue.
 */
export async function searchRows(
  ctx: Context,
  queue: Queue,
  parsedQuery: ParsedQuery,
  cursor: QueueCursor | null,
): Promise<FoundRows> {
  const conditions = await conditionsOf(queue, ctx)
  const place = placeOf(cursor)
  for (const mode of place ? [place.mode] : modes) {
    const plan = await planOf(ctx, queue, parsedQuery, mode, conditions, place?.shape)
    if (!plan) continue
    const found = await runPlan(ctx, conditions, plan, place)
    if (found.rows.length > 0 || place) {
      const search = { mode, instead: plan.instead ?? null, readAs: parsedQuery.readAs }
      return { ...found, rows: found.rows.map((row) => ({ ...row, keys: [mode, plan.shape, ...row.keys] })), search }
    }
  }
  return { rows: [], total: 0, capped: false, search: null }
}

/**
 * The steps of an answer, each complete before the next begins. `ranked`: one step, best match first. `sorted`: one
 * step, in the requested order. `folded`: the newest of very many. `accented`, `both`: the matches with accents, many
 * or few, before those that only match without.
 */
const shapes = ['ranked', 'sorted', 'accented', 'folded', 'both'] as const
type Shape = (typeof shapes)[number]
/** `instead`: the words searched for in place of those typed. */
type Plan = { shape: Shape; steps: SearchStep[]; many: boolean; instead?: string | null }
type Place = { mode: Mode; shape: Shape; step: number; keys: QueueCursor }

function placeOf(cursor: QueueCursor | null): Place | null {
  if (!cursor) return null
  const [mode, shape, step, ...keys] = cursor
  const known = modes.includes(mode as Mode) && shapes.includes(shape as Shape) && (step === 0 || step === 1)
  return known ? { mode: mode as Mode, shape: shape as Shape, step, keys } : null
}

async function runPlan(ctx: Context, conditions: SQL, plan: Plan, place: Place | null): Promise<FoundRows> {
  const rows: FoundRows['rows'] = []
  let total = 0
  for (const [i, step] of plan.steps.entries()) {
    if (i < (place?.step ?? 0)) continue
    const found = await stepRows(ctx, conditions, step, i === place?.step ? place.keys : null)
    total += found[0]?.total ?? 0
    rows.push(...found.map((row) => ({ ...row, keys: [i, ...row.keys] })))
    if (rows.length > pageSize) break
  }
  return { rows, total: plan.many ? countCap + 1 : total, capped: plan.many, search: null }
}

async function planOf(
  ctx: Context,
  queue: Queue,
  parsedQuery: ParsedQuery,
  mode: Mode,
  conditions: SQL,
  shape: Shape | undefined,
): Promise<Plan | null> {
  const asked = orderOf(queue)
  const isRanked = asked.sort === 'match'
  const order = matchOrder(asked, sql`matches.rank`)
  const one = (step: Omit<SearchStep, 'order'>): Plan => ({
    shape: isRanked ? 'ranked' : 'sorted',
    steps: [{ ...step, order }],
    many: false,
  })
  const source = await sourceOf(ctx, parsedQuery, mode)
  if (!source) return null
  if ('ids' in source) return one({ source, way: 'matches', ranks: [] })
  const { query, accented, instead } = source
  const rarest = mode === 'words' ? rarestQuery(parsedQuery, await wordShares(ctx)) : null
  const costs = await costsOf(ctx, conditions, query)
  const isMany = shape ? shape !== 'ranked' && shape !== 'sorted' : costs.many && isRanked
  const plan = isMany
    ? await planOfMany(ctx, conditions, query, accented, shape)
    : one({
        source: { query, rarest: rarest === null ? null : { query: rarest, most: mostCandidates } },
        way: costs.way,
        // Matches in the report itself come before matches in messages, answers or notes.
        ranks: [...rankingQueries(parsedQuery), query].map(byOwnWords),
      })
  return { ...plan, instead }
}

/** What a mode searches for; null where it does not apply. `instead`: the words in place of those typed. */
type Source = { ids: SQL } | { query: string; accented: string | null; instead: string | null }

async function sourceOf(ctx: Context, parsedQuery: ParsedQuery, mode: Mode): Promise<Source | null> {
  const plain = { accented: null, instead: null }
  if (mode === 'code')
    return parsedQuery.code === null ? null : { ids: sql`select id from reports where code = ${parsedQuery.code}` }
  if (mode === 'words') return { ...plain, query: foldedQuery(parsedQuery), accented: accentedQuery(parsedQuery) }
  if (mode === 'beginnings') return parsedQuery.openEnded ? { ...plain, query: beginningsQuery(parsedQuery) } : null
  const typed = foldedWords(parsedQuery)
  const meant = respelled(typed, await vocabulary(ctx))
  if (!meant) return null
  const instead = meant.oneAtATime ? null : meant.words.map(([best]) => best).join(' ')
  return { ...plain, query: respelledQuery(typed, meant), instead }
}

export type Finding = {
  /** Tests whether the search finds anything with this condition. */
  isAny?: (found: SQL) => Promise<boolean>
  /** For few reports, whatever else the conditions let through. */
  ofFew?: boolean
}

/** Everything that a search finds, on all of its pages: a condition on reports. */
export async function foundBy(
  ctx: Context,
  parsedQuery: ParsedQuery,
  conditions: SQL,
  finding: Finding = {},
): Promise<SQL> {
  const { isAny = (found) => findsAny(ctx.db, found), ofFew = false } = finding
  for (const mode of modes) {
    const source = await sourceOf(ctx, parsedQuery, mode)
    if (!source) continue
    const by = (way: Costs['way']) =>
      sql`(${conditions} and ${'ids' in source ? sql`${reports.id} in (${source.ids})` : isHit(ctx.actor, source.query, way)})`
    const { way } = 'ids' in source ? { way: 'matches' as const } : await expectedOf(ctx, conditions, source.query)
    if (await isAny(by(way))) return by(ofFew ? 'scope' : way)
  }
  return sql`false`
}

export async function findsAny(db: Connection, found: SQL): Promise<boolean> {
  const [hit] = await db.execute(sql`select 1 from reports where ${found} limit 1`)
  return hit !== undefined
}

type Costs = { many: boolean; way: 'matches' | 'scope' }

/** The planner's estimates, and the cheaper way that follows from them. */
async function expectedOf({ db, actor }: Context, conditions: SQL, query: string) {
  const [matches, inScope] = await Promise.all([
    rowsExpected(db, hitsOf(actor, query)),
    rowsExpected(db, sql`select 1 from reports where ${conditions}`),
  ])
  return { fewer: Math.min(matches, inScope), way: matches <= inScope ? ('matches' as const) : ('scope' as const) }
}

async function costsOf(ctx: Context, conditions: SQL, query: string): Promise<Costs> {
  const { fewer, way } = await expectedOf(ctx, conditions, query)
  if (fewer <= fewMatches) return { many: false, way }
  const both = sql`select 1 from reports join (${hitsOf(ctx.actor, query)}) hits on hits.report_id = ${reports.id} where ${conditions}`
  return { many: (await rowsExpected(ctx.db, both)) >= manyHits, way }
}

/** The newest of very many; those with the typed accents come before the rest. */
async function planOfMany(
  ctx: Context,
  conditions: SQL,
  folded: string,
  accented: string | null,
  shape: Shape | undefined,
): Promise<Plan> {
  const order = rowOrder({ sort: 'received', dir: 'desc' })
  const walk = (source: { query: string; without?: string }): SearchStep => ({ source, way: 'walk', ranks: [], order })
  if (accented === null) return { shape: 'folded', steps: [walk({ query: folded })], many: true }
  const rest = walk({ query: folded, without: accented })
  const costs = await costsOf(ctx, conditions, accented)
  // In both shapes the first page consists of matches with accents; the rest is queried only when those have run out.
  if (shape ? shape === 'accented' : costs.many) {
    return { shape: 'accented', steps: [walk({ query: accented }), rest], many: true }
  }
  return { shape: 'both', steps: [{ source: { query: accented }, way: costs.way, ranks: [], order }, rest], many: true }
}
