import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { agencies, categories, citizenLinks, files, reports } from '#db/schema/index.ts'
import { settingsSchema } from '#server/platform/rules/settings.ts'
import { publishedTitle } from '#server/publication/queries/published-copies.ts'
import { factsOf, subjectOf } from '#server/reports/queries/lock.ts'
import { firstHeld, isHeld, toldAnswers, toldColumn, toldQuestion, toldState } from '#server/reports/queries/told.ts'
import type { Rating, RejectReason, ReportState } from '#server/reports/rules/lifecycle.ts'
import type { OutcomeOf } from '#server/reports/rules/outcome.ts'
import type { AnswerKind } from '#server/reports/rules/parts.ts'
import type { LoggedEvent } from '#server/reports/rules/timeline.ts'
import type { PageFacts } from '../rules/page.ts'

type Told = OutcomeOf & {
  at: string
  kind: AnswerKind
  agencyName: string | null
  what: string
  where: string
  when: string
  next: string
  photoIds: string[]
}

type Canonical = {
  code: string
  state: ReportState
  rejectReason: RejectReason | null
  agencyName: string | null
  dueAt: string | null
  isHeld: boolean
}

const r = sql`${reports}`
const m = sql`m`
const parent = alias(categories, 'parent')

/**
 * Everything that the page shows in one statement: the link, the report and what was sent to the citizen. Returns no
 * row without a valid link to this report.
 */
const pageByLink = builtOnce((db) =>
  db
    .select({
      row: reports,
      facts: factsOf,
      needsApproval: categories.needsApproval,
      category: {
        name: categories.name,
        nameEn: categories.nameEn,
        parentName: parent.name,
        parentNameEn: parent.nameEn,
      },
      agencyName: agencies.name,
      isHeld: sql<boolean>`${isHeld(r)}`,
      state: sql<ReportState>`${toldState(r)}`,
      canonical: sql<Canonical | null>`(
        select json_build_object('code', m.code, 'state', ${toldState(m)}, 'rejectReason', m.reject_reason,
          'agencyName', g.name, 'dueAt', m.due_at, 'isHeld', ${isHeld(m)})
        from reports m left join agencies g on g.id = m.agency_id where m.id = ${reports.mergedIntoId})`,
      answers: sql<Told[]>`(
        select coalesce(json_agg(json_build_object('at', t.at, 'kind', t.kind, 'agencyName', g.name, 'what', t.what,
          'where', t.where_done, 'when', t.when_done, 'next', t.next,
          'outcome', t.outcome, 'plannedFor', t.planned_for, 'referredTo', t.referred_to,
          'photoIds', array(select p.file_id from answer_photos p where p.answer_id = t.id order by p.file_id)) order by t.at), '[]'::json)
        from (${toldAnswers(r)}) t left join agencies g on g.id = t.agency_id)`,
      question: sql<string | null>`${toldQuestion(r)}`,
      rating: sql<Rating | null>`${toldColumn(r, sql`${reports.rating}`, 'rating')}`,
      transferCount: sql<number>`${toldColumn(r, sql`${reports.transferCount}`, 'transferCount')}::int`,
      events: sql<LoggedEvent[]>`(
        select coalesce(json_agg(json_build_object('id', e.id, 'at', e.at, 'event', e.event, 'actorKind', e.actor_kind,
          'actorId', null, 'agencyId', e.agency_id, 'from', e.from_state, 'to', e.to_state, 'details', e.details)
          order by e.id), '[]'::json)
        from events e where e.report_id = ${reports.id} and e.id < coalesce(${firstHeld(r)}, 9223372036854775807))`,
      agencies: sql<Record<string, string>>`(
        select coalesce(json_object_agg(g.id, g.name), '{}'::json) from agencies g
        where g.id in (select e.details ->> 'agencyId' from events e where e.report_id = ${reports.id}))`,
      notices: sql<Record<string, string>>`(
        select coalesce(json_object_agg(n.id, n.body), '{}'::json) from report_messages n
        where n.report_id = ${reports.id} and n.kind in ('question', 'notice'))`,
      reviewedTitle: publishedTitle(sql`${reports.id}`),
      settings: sql<Record<string, unknown>>`(
        select coalesce(json_object_agg(s.key, s.value), '{}'::json) from settings s)`,
    })
    .from(citizenLinks)
    .innerJoin(reports, eq(reports.id, citizenLinks.reportId))
    .innerJoin(categories, eq(categories.code, reports.categoryCode))
    .leftJoin(parent, eq(parent.code, categories.parentCode))
    .leftJoin(agencies, eq(agencies.id, reports.agencyId))
    .where(
      and(
        eq(citizenLinks.hash, sql.placeholder('hash')),
        isNull(citizenLinks.revokedAt),
        gt(citizenLinks.expiresAt, sql.placeholder('now')),
        eq(reports.code, sql.placeholder('code')),
      ),
    ),
)

type Asked = { hash: string; code: string; now: Date }

export async function pageFacts(
  db: Connection,
  { hash, code, now }: Asked,
): Promise<(PageFacts & { reportId: number }) | null> {
  const [found] = await pageByLink(db, { hash, code, now: now.toISOString() })
  if (!found) return null
  const { row, facts, canonical } = found
  const settings = settingsSchema.parse(found.settings)
  const held = found.isHeld || (canonical?.isHeld ?? false)
  const follows = row.state === 'merged' ? canonical : null
  const dueAt = follows ? follows.dueAt && new Date(follows.dueAt) : row.dueAt
  return {
    reportId: row.id,
    source: {
      ...row,
      state: found.state,
      rating: found.rating,
      transferCount: found.transferCount,
      agencyName: held ? null : (follows ?? found).agencyName,
      mergedInto: follows,
      answers: found.answers.map(({ at, ...answer }) => ({ ...answer, sentAt: new Date(at) })),
      messages: [],
      photos: [],
    },
    reviewedTitle: found.reviewedTitle,
    category: found.category,
    isHeld: held,
    dueAt: held || row.state === 'awaiting_citizen' ? null : dueAt || null,
    question: found.question,
    subject: subjectOf(row, facts, found.needsApproval, settings.soleAccountMayApprove),
    settings,
    events: found.events,
    agencies: found.agencies,
    notices: found.notices,
  }
}

/** The copy without metadata of a photo of an answer that was sent to the citizen; otherwise null. */
export async function answerPhoto(
  db: Connection,
  { hash, code, now, fileId }: Asked & { fileId: string },
): Promise<string | null> {
  const isTold = sql`exists (
    select from answer_photos p join (${toldAnswers(r)}) t on t.id = p.answer_id where p.file_id = ${files.id})`
  const [photo] = await db
    .select({ key: files.publicKey })
    .from(citizenLinks)
    .innerJoin(reports, eq(reports.id, citizenLinks.reportId))
    .innerJoin(files, and(eq(files.id, fileId), isTold))
    .where(
      and(
        eq(citizenLinks.hash, hash),
        isNull(citizenLinks.revokedAt),
        gt(citizenLinks.expiresAt, now),
        eq(reports.code, code),
      ),
    )
  return photo?.key ?? null
}

/** `isHandedOut`: staff created the link by hand, so it did not go to the contact of the reporter by itself. */
export type OpenedLink = { reportId: number; isHandedOut: boolean }

/** The link and the report to which it leads; null if the link is invalid or leads to another report. */
export async function openedLink(db: Connection, { hash, code, now }: Asked): Promise<OpenedLink | null> {
  const [link] = await linkByHash(db, { hash, code, now: now.toISOString() })
  return link ?? null
}

const linkByHash = builtOnce((db) =>
  db
    .select({
      reportId: citizenLinks.reportId,
      isHandedOut: sql<boolean>`${citizenLinks.createdById} is not null`,
    })
    .from(citizenLinks)
    .innerJoin(reports, eq(reports.id, citizenLinks.reportId))
    .where(
      and(
        eq(citizenLinks.hash, sql.placeholder('hash')),
        isNull(citizenLinks.revokedAt),
        gt(citizenLinks.expiresAt, sql.placeholder('now')),
        eq(reports.code, sql.placeholder('code')),
      ),
    ),
)
