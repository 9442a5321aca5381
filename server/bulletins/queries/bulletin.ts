import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import {
  accounts,
  bulletinAlerts,
  bulletinNumbers,
  bulletinPreviews,
  bulletinPublications,
  bulletinRemarks,
  bulletinRevisions,
  bulletins,
  type CorrectionUnderWay,
  events,
} from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import { standingFor } from '../alerts.ts'
import type { CapMessageType, CapStatus } from '../rules/alert.ts'
import type { StandingAlert } from '../rules/alert-consequence.ts'
import { type ContentDiff, diffContent } from '../rules/diff.ts'
import type { PublicationKind } from '../rules/lifecycle.ts'
import { asPublished } from '../rules/named-areas.ts'
import { mayEditBulletin } from '../rules/policy.ts'
import type { BulletinContent } from '../rules/schemas.ts'
import { type BulletinBrief, briefOf, type Person, selectBriefs } from './list.ts'
import { cleanedSince, isAlertTakenDown } from './removals.ts'

export type Revision = {
  id: string
  number: number
  editor: Person
  words: number
  auto: boolean
  sealed: boolean
  savedAt: Date
  /** For personal data: it is no longer public and is not restored. */
  isTakenDown: boolean
}
export type Publication = {
  revisionId: string
  kind: PublicationKind
  publishedAt: Date
  dueAt: Date | null
  delayMillis: number | null
  publishedBy: string | null
  approvedBy: string | null
  note: string
  noteEn: string
}
export type Remark = {
  id: string
  author: Person
  body: string
  important: boolean
  resolvedAt: Date | null
  createdAt: Date
}
export type SentAlert = {
  id: string
  messageType: CapMessageType
  status: CapStatus
  sentAt: Date
  expiresAt: Date
  isTakenDown: boolean
}

/** A bulletin as its own page shows it. */
export type BulletinView = BulletinBrief & {
  content: BulletinContent
  revision: Revision
  /** The number it would get if it were published now; null outside an incident. */
  expectedNumber: number | null
  mayEdit: boolean
  acknowledged: string[]
  approved: { by: Person; at: Date } | null
  publishedRevisionId: string | null
  /** The public text while it is corrected, for comparison; null at any other time. */
  published: BulletinContent | null
  /** Secret links that are still active. */
  livePreviews: number
  /** Words changed since it was last published. */
  changedWords: number
  correction: CorrectionUnderWay | null
  supersedes: { id: string; title: string } | null
  supersededBy: { id: string; title: string } | null
  notice: string
  noticeEn: string
  unreviewed: { reason: string; by: Person | null } | null
  lookedBack: { by: Person; at: Date } | null
  publications: Publication[]
  alerts: SentAlert[]
  /** The alert in force that the text would meet if it were published now. */
  standingAlert: StandingAlert
  remarks: Remark[]
}

type Reading = { db: Connection; actor: Actor; now: () => Date }

export async function bulletinById({ db, actor, now }: Reading, id: string): Promise<BulletinView> {
  const [row] = await selectBriefs(db).where(eq(bulletins.id, id))
  if (!row) throw new DomainError('not_found', { subject: 'bulletin', id })
  const { bulletin } = row
  const [revisions, publications, alerts, remarks, names, expectedNumber, titles, livePreviews] = await Promise.all([
    db
      .select()
      .from(bulletinRevisions)
      .where(eq(bulletinRevisions.bulletinId, id))
      .orderBy(desc(bulletinRevisions.number))
      .limit(1),
    publicationsOf(db, id),
    sentAlerts(db, id),
    remarksOf(db, id),
    namesAmong(db, [bulletin.approvedById, bulletin.unreviewedById, bulletin.lookedBackById]),
    nextNumber(db, bulletin),
    titlesAmong(db, [bulletin.supersedesId, bulletin.supersededById]),
    db.$count(
      bulletinPreviews,
      and(eq(bulletinPreviews.bulletinId, id), isNull(bulletinPreviews.endedAt), gt(bulletinPreviews.expiresAt, now())),
    ),
  ])
  const [current] = revisions
  if (!current) throw new Error(`bulletin ${id} has no revision`)
  const out = bulletin.publishedRevisionId ? await contentOf(db, bulletin.publishedRevisionId) : null
  const published = out && asPublished(out)
  const brief = briefOf(row, actor, now())
  const { approvedById, approvedAt, unreviewedReason, lookedBackById, lookedBackAt } = bulletin
  return {
    ...brief,
    content: current.id === bulletin.publishedRevisionId ? asPublished(current.content) : current.content,
    revision: {
      id: current.id,
      number: current.number,
      editor: brief.lastEditor,
      words: current.words,
      auto: current.auto,
      sealed: current.sealed,
      savedAt: current.savedAt,
      isTakenDown: false,
    },
    expectedNumber,
    mayEdit: mayEditBulletin(actor, bulletin),
    acknowledged: bulletin.acknowledged,
    approved: approvedById && approvedAt ? { by: personOf(names, approvedById), at: approvedAt } : null,
    publishedRevisionId: bulletin.publishedRevisionId,
    livePreviews,
    published: bulletin.correction ? published : null,
    changedWords:
      current.id === bulletin.publishedRevisionId ? 0 : diffContent(published, current.content).changedWords,
    correction: bulletin.correction,
    supersedes: titles.get(bulletin.supersedesId ?? '') ?? null,
    supersededBy: titles.get(bulletin.supersededById ?? '') ?? null,
    notice: bulletin.notice,
    noticeEn: bulletin.noticeEn,
    unreviewed: unreviewedReason
      ? { reason: unreviewedReason, by: bulletin.unreviewedById ? personOf(names, bulletin.unreviewedById) : null }
      : null,
    lookedBack: lookedBackById && lookedBackAt ? { by: personOf(names, lookedBackById), at: lookedBackAt } : null,
    publications,
    alerts,
    standingAlert: await standingFor(db, bulletin, current.content, now()),
    remarks,
  }
}

/** Every revision, the newest first. */
export async function revisionsOf(db: Connection, bulletinId: string): Promise<Revision[]> {
  const rows = await db
    .select({ revision: bulletinRevisions, name: accounts.name })
    .from(bulletinRevisions)
    .innerJoin(accounts, eq(accounts.id, bulletinRevisions.editorId))
    .where(eq(bulletinRevisions.bulletinId, bulletinId))
    .orderBy(desc(bulletinRevisions.number))
  const cleaned = await cleanedSince(db, bulletinId)
  return rows.map(({ revision, name }) => ({
    id: revision.id,
    number: revision.number,
    editor: { id: revision.editorId, name },
    words: revision.words,
    auto: revision.auto,
    sealed: revision.sealed,
    savedAt: revision.savedAt,
    isTakenDown: revision.number < cleaned,
  }))
}

export type RevisionText = { id: string; number: number; content: BulletinContent }
export type RevisionDiff = { from: RevisionText | null; to: RevisionText; diff: ContentDiff }

/** What `toId` changed against `fromId`, or against the revision before it. */
export async function diffRevisions(
  db: Connection,
  { bulletinId, fromId, toId }: { bulletinId: string; fromId: string | null; toId: string },
): Promise<RevisionDiff> {
  const rows = await db
    .select({ id: bulletinRevisions.id, number: bulletinRevisions.number, content: bulletinRevisions.content })
    .from(bulletinRevisions)
    .where(
      sql`${bulletinRevisions.bulletinId} = ${bulletinId} and (${bulletinRevisions.id} in (${toId}, ${fromId ?? toId})
        or ${bulletinRevisions.number} = (select number - 1 from bulletin_revisions where id = ${toId}))`,
    )
  const to = rows.find(({ id }) => id === toId)
  const from = fromId ? rows.find(({ id }) => id === fromId) : rows.find(({ number }) => number + 1 === to?.number)
  if (!to || (fromId && !from)) throw new DomainError('not_found', { subject: 'revision' })
  return { from: from ?? null, to, diff: diffContent(from?.content ?? null, to.content) }
}

export type TimelineEntry = {
  id: number
  at: Date
  event: string
  actorKind: string
  by: string | null
  version: number | null
  details: Record<string, unknown>
}

/** All that happened to it, in order. */
export async function bulletinTimeline(db: Connection, bulletinId: string): Promise<TimelineEntry[]> {
  return db
    .select({
      id: events.id,
      at: events.at,
      event: events.event,
      actorKind: events.actorKind,
      by: accounts.name,
      version: events.version,
      details: events.details,
    })
    .from(events)
    .leftJoin(accounts, eq(accounts.id, events.actorId))
    .where(
      sql`${events.reportId} is null and ${events.subjectKind} = 'bulletin' and ${events.subjectId} = ${bulletinId}`,
    )
    .orderBy(asc(events.id))
}

async function contentOf(db: Connection, revisionId: string): Promise<BulletinContent | null> {
  const [row] = await db
    .select({ content: bulletinRevisions.content })
    .from(bulletinRevisions)
    .where(eq(bulletinRevisions.id, revisionId))
  return row?.content ?? null
}

async function publicationsOf(db: Connection, bulletinId: string): Promise<Publication[]> {
  const rows = await db
    .select()
    .from(bulletinPublications)
    .where(eq(bulletinPublications.bulletinId, bulletinId))
    .orderBy(asc(bulletinPublications.publishedAt))
  const names = await namesAmong(
    db,
    rows.flatMap((row) => [row.publishedById, row.approvedById]),
  )
  return rows.map(({ publishedById, approvedById, bulletinId: _, incidentId: __, isExercise: ___, ...row }) => ({
    ...row,
    publishedBy: names.get(publishedById ?? '') ?? null,
    approvedBy: names.get(approvedById ?? '') ?? null,
  }))
}

async function sentAlerts(db: Connection, bulletinId: string): Promise<SentAlert[]> {
  const { id, messageType, status, sentAt, expiresAt } = bulletinAlerts
  return db
    .select({ id, messageType, status, sentAt, expiresAt, isTakenDown: isAlertTakenDown })
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, bulletinId))
    .orderBy(asc(sentAt), asc(id))
}

async function remarksOf(db: Connection, bulletinId: string): Promise<Remark[]> {
  const rows = await db
    .select({ remark: bulletinRemarks, name: accounts.name })
    .from(bulletinRemarks)
    .innerJoin(accounts, eq(accounts.id, bulletinRemarks.authorId))
    .where(eq(bulletinRemarks.bulletinId, bulletinId))
    .orderBy(asc(bulletinRemarks.createdAt))
  return rows.map(({ remark: { id, authorId, body, important, resolvedAt, createdAt }, name }) => ({
    id,
    author: { id: authorId, name },
    body,
    important,
    resolvedAt,
    createdAt,
  }))
}

async function nextNumber(
  db: Connection,
  bulletin: { incidentId: string | null; number: number | null; isExercise: boolean },
) {
  if (bulletin.number !== null || bulletin.incidentId === null || bulletin.isExercise) return null
  const [row] = await db
    .select({ last: bulletinNumbers.last })
    .from(bulletinNumbers)
    .where(eq(bulletinNumbers.incidentId, bulletin.incidentId))
  return (row?.last ?? 0) + 1
}

async function namesAmong(db: Connection, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return new Map()
  const rows = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(sql`${accounts.id} = any(${sql.param([...new Set(known)])}::uuid[])`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const personOf = (names: ReadonlyMap<string, string>, id: string): Person => ({ id, name: names.get(id) ?? '' })

async function titlesAmong(
  db: Connection,
  ids: readonly (string | null)[],
): Promise<Map<string, { id: string; title: string }>> {
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return new Map()
  const rows = await db
    .select({ id: bulletins.id, title: bulletins.title })
    .from(bulletins)
    .where(sql`${bulletins.id} = any(${sql.param(known)}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}
