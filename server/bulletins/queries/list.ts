import { and, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Connection } from '#db/client.ts'
import { accounts, bulletinRevisions, bulletins, incidents } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { type FilterSql, filterConditions, within } from '#server/platform/filter-sql.ts'
import { fold, normalise } from '#server/platform/rules/text.ts'
import type { BulletinKind, BulletinSeverity } from '../rules/bulletin.ts'
import { deskFilters } from '../rules/desk-filters.ts'
import { diffContent } from '../rules/diff.ts'
import { type BulletinState, bulletinStates, type Standing, standingOf } from '../rules/lifecycle.ts'
import { type OfferedBulletinMove, offeredBulletinMoves } from '../rules/policy.ts'
import type { ListBulletins } from '../rules/schemas.ts'
import { holds } from './holds.ts'

export type Person = { id: string; name: string }

/** A bulletin as lists show it. */
export type BulletinBrief = {
  id: string
  version: number
  state: BulletinState
  standing: Standing
  isExercise: boolean
  isAlert: boolean
  kind: BulletinKind
  severity: BulletinSeverity
  title: string
  words: number
  /** Of a correction that waits for its review: how many words differ from the public text. */
  changedWords: number | null
  incident: { id: string; name: string; nameEn: string } | null
  number: number | null
  slug: string | null
  author: Person
  lastEditor: Person
  /** The account that has claimed the review, while the claim lasts. */
  reviewer: Person | null
  claimedAt: Date | null
  submittedAt: Date | null
  scheduledFor: Date | null
  firstPublishedAt: Date | null
  publishedAt: Date | null
  updatedAt: Date
  needsLookBack: boolean
  isCorrection: boolean
  /** Public in English too: whatever its readers are notified of, they are notified in both languages. */
  isOutInEnglish: boolean
  /** Approved, and corrected since: the text that was reviewed, and the one that would be published. */
  mended: { fromId: string; toId: string } | null
  moves: OfferedBulletinMove[]
}

export type BulletinPage = { bulletins: BulletinBrief[]; next: { at: Date; id: string } | null }

const author = alias(accounts, 'author')
const lastEditor = alias(accounts, 'last_editor')
const reviewer = alias(accounts, 'reviewer')

type Reading = { db: Connection; actor: Actor; now: () => Date }

/** Bulletins, the last changed first, paged by key. */
export async function listBulletins({ db, actor, now }: Reading, input: ListBulletins): Promise<BulletinPage> {
  const { after, limit } = input
  const rows = await selectBriefs(db)
    .where(
      and(
        ...conditionsOf(input, actor),
        after
          ? sql`(${bulletins.updatedAt}, ${bulletins.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(bulletins.updatedAt), desc(bulletins.id))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  const changed = await changedWordsOf(db, shown)
  const page = shown.map((row) => ({
    ...briefOf(row, actor, now()),
    changedWords: changed.get(row.bulletin.id) ?? null,
  }))
  const last = page.at(-1)
  return { bulletins: page, next: rows.length > limit && last ? { at: last.updatedAt, id: last.id } : null }
}

export type BulletinCounts = Record<BulletinState, number> & { needsLookBack: number }

/** How many are in each state, by the same filters except that of state. */
export async function bulletinCounts({ db, actor }: Reading, input: ListBulletins): Promise<BulletinCounts> {
  const rows = await db
    .select({
      state: bulletins.state,
      bulletins: sql<number>`count(*)::int`,
      needsLookBack: sql<number>`(count(*) filter (where ${bulletins.needsLookBack}))::int`,
    })
    .from(bulletins)
    .where(and(...conditionsOf({ ...input, states: [...bulletinStates], needsLookBack: false }, actor)))
    .groupBy(bulletins.state)
  const counts = new Map(rows.map((row) => [row.state, row.bulletins]))
  const byState = Object.fromEntries(bulletinStates.map((state) => [state, counts.get(state) ?? 0]))
  const needsLookBack = rows.reduce((sum, row) => sum + row.needsLookBack, 0)
  return { ...(byState as Record<BulletinState, number>), needsLookBack }
}

/** Corrections are reviewed against the public text; new bulletins are reviewed in full. */
async function changedWordsOf(db: Connection, rows: readonly Row[]): Promise<Map<string, number>> {
  const waiting = rows.flatMap(({ bulletin: { id, state, publishedRevisionId, currentRevisionId } }) =>
    state === 'in_review' && publishedRevisionId && currentRevisionId
      ? [{ id, from: publishedRevisionId, to: currentRevisionId }]
      : [],
  )
  if (waiting.length === 0) return new Map()
  const texts = await db
    .select({ id: bulletinRevisions.id, content: bulletinRevisions.content })
    .from(bulletinRevisions)
    .where(
      inArray(
        bulletinRevisions.id,
        waiting.flatMap(({ from, to }) => [from, to]),
      ),
    )
  const contents = new Map(texts.map(({ id, content }) => [id, content]))
  return new Map(
    waiting.flatMap(({ id, from, to }) => {
      const content = contents.get(to)
      return content ? [[id, diffContent(contents.get(from) ?? null, content).changedWords] as const] : []
    }),
  )
}

const deskFilterSql = {
  text: (text) =>
    and(
      ...fold(normalise(text))
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => holds(bulletins.folded, word)),
    ),
  kind: (kind) => eq(bulletins.kind, kind),
  incidentId: (incidentId) => eq(bulletins.incidentId, incidentId),
  areaId: (areaId) => isAbout(areaId),
  day: (range) => within(sql`coalesce(${bulletins.firstPublishedAt}, ${bulletins.updatedAt})`, range),
} satisfies FilterSql<typeof deskFilters, null>

function conditionsOf(input: ListBulletins, actor: Actor): (SQL | undefined)[] {
  const { states, mine, needsLookBack } = input
  return [
    // Discarded bulletins are listed only when asked for.
    states.length > 0 ? inArray(bulletins.state, states) : ne(bulletins.state, 'discarded'),
    ...filterConditions(deskFilters, deskFilterSql, input, null),
    mine && actor.id ? sql`${actor.id}::uuid in (${bulletins.authorId}, ${bulletins.lastEditorId})` : undefined,
    needsLookBack ? eq(bulletins.needsLookBack, true) : undefined,
  ]
}

/** A separate subquery, so that every list or count of bulletins can use it. */
const isAbout = (areaId: number): SQL => sql`exists (
  select from bulletin_revisions current where current.id = ${bulletins.currentRevisionId}
    and current.content -> 'areaIds' @> ${String(areaId)}::jsonb)`

export function selectBriefs(db: Connection) {
  return db
    .select({
      bulletin: bulletins,
      words: bulletinRevisions.words,
      incident: { id: incidents.id, name: incidents.name, nameEn: incidents.nameEn },
      authorName: author.name,
      lastEditorName: lastEditor.name,
      reviewerName: reviewer.name,
      isOutInEnglish: sql<boolean>`exists (select from bulletin_revisions published
        where published.id = ${bulletins.publishedRevisionId} and jsonb_typeof(published.content -> 'en') = 'object')`,
    })
    .from(bulletins)
    .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.currentRevisionId))
    .innerJoin(author, eq(author.id, bulletins.authorId))
    .innerJoin(lastEditor, eq(lastEditor.id, bulletins.lastEditorId))
    .leftJoin(reviewer, eq(reviewer.id, bulletins.reviewerId))
    .leftJoin(incidents, eq(incidents.id, bulletins.incidentId))
}

type Row = Awaited<ReturnType<typeof selectBriefs>>[number]

function mendedSince({
  reviewedRevisionId: fromId,
  approvedRevisionId: toId,
}: Row['bulletin']): BulletinBrief['mended'] {
  return fromId && toId && fromId !== toId ? { fromId, toId } : null
}

export function briefOf(row: Row, actor: Actor, now: Date): BulletinBrief {
  const { bulletin, words, incident } = row
  const { reviewerId } = bulletin
  return {
    id: bulletin.id,
    version: bulletin.version,
    state: bulletin.state,
    standing: standingOf(bulletin),
    isExercise: bulletin.isExercise,
    isAlert: bulletin.isAlert,
    kind: bulletin.kind,
    severity: bulletin.severity,
    title: bulletin.title,
    words,
    changedWords: null,
    incident,
    number: bulletin.number,
    slug: bulletin.slug,
    author: { id: bulletin.authorId, name: row.authorName },
    lastEditor: { id: bulletin.lastEditorId, name: row.lastEditorName },
    reviewer: reviewerId ? { id: reviewerId, name: row.reviewerName ?? '' } : null,
    claimedAt: bulletin.claimedAt,
    submittedAt: bulletin.submittedAt,
    scheduledFor: bulletin.scheduledFor,
    firstPublishedAt: bulletin.firstPublishedAt,
    publishedAt: bulletin.publishedAt,
    updatedAt: bulletin.updatedAt,
    needsLookBack: bulletin.needsLookBack,
    isCorrection: bulletin.correction !== null,
    isOutInEnglish: row.isOutInEnglish,
    mended: mendedSince(bulletin),
    moves: offeredBulletinMoves(actor, bulletin, now),
  }
}
