import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { capMessageTypes, capStatuses } from '#server/bulletins/rules/alert.ts'
import { bulletinKinds, bulletinSeverities } from '#server/bulletins/rules/bulletin.ts'
import type { CapMessage } from '#server/bulletins/rules/cap.ts'
import { bulletinStates, type CorrectionKind, publicationKinds } from '#server/bulletins/rules/lifecycle.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'
import { incidents } from './incidents.ts'
import { files } from './platform.ts'

/** How a pending correction is described to readers once it is published. */
export type CorrectionUnderWay = { kind: CorrectionKind; note: string; noteEn: string }

/**
 * A bulletin. Its text is in its revisions; the public sees the published revision, regardless of later changes to the
 * text. Triggers on this table enforce the second person for every writer.
 */
export const bulletins = pgTable(
  'bulletins',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    state: text({ enum: bulletinStates }).notNull().default('draft'),
    /** Never public, never numbered, and may be approved by its author. Fixed at creation. */
    isExercise: boolean('is_exercise').notNull().default(false),
    incidentId: uuid('incident_id').references(() => incidents.id),
    /** Number within the incident, given at first publication: without gaps, and permanent. */
    number: integer(),
    /** The last part of its address, given at first publication and permanent. */
    slug: text(),
    /** The following columns are copied from the current revision, for lists. */
    kind: text({ enum: bulletinKinds }).notNull(),
    severity: text({ enum: bulletinSeverities }).notNull(),
    title: text().notNull(),
    isAlert: boolean('is_alert').notNull().default(false),
    /** Title and summary folded, for search. */
    folded: text().notNull().default(''),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    /** The colleague on whose behalf they wrote, as substitute. */
    authorFor: uuid('author_for').references(() => accounts.id),
    lastEditorId: uuid('last_editor_id')
      .notNull()
      .references(() => accounts.id),
    lastEditorFor: uuid('last_editor_for').references(() => accounts.id),
    currentRevisionId: uuid('current_revision_id').references((): AnyPgColumn => bulletinRevisions.id),
    submittedAt: instant('submitted_at'),
    reviewerId: uuid('reviewer_id').references(() => accounts.id),
    claimedAt: instant('claimed_at'),
    approvedRevisionId: uuid('approved_revision_id').references((): AnyPgColumn => bulletinRevisions.id),
    approvedById: uuid('approved_by_id').references(() => accounts.id),
    /** The colleague on whose behalf the approver acted. */
    approvedFor: uuid('approved_for').references(() => accounts.id),
    approvedAt: instant('approved_at'),
    /**
     * The newest text that a second person has read, whether or not the approval still holds. Written only by a
     * trigger.
     */
    reviewedRevisionId: uuid('reviewed_revision_id').references((): AnyPgColumn => bulletinRevisions.id),
    /**
     * Who wrote since then, and on whose behalf: none of them can be the second person. Written only by a trigger.
     */
    writerIds: uuid('writer_ids').array().notNull().default([]),
    /** Warnings of the checklist that were accepted for the current text. */
    acknowledged: jsonb().$type<string[]>().notNull().default([]),
    scheduledFor: instant('scheduled_for'),
    publishedRevisionId: uuid('published_revision_id').references((): AnyPgColumn => bulletinRevisions.id),
    firstPublishedAt: instant('first_published_at'),
    publishedAt: instant('published_at'),
    /** The last change that readers should notice: first publication, substantive correction, withdrawal. */
    changedAt: instant('changed_at'),
    /** Areas of the published revision, for feeds and pages. Empty: the whole city. */
    publicAreaIds: integer('public_area_ids').array().notNull().default([]),
    publicKind: text('public_kind', { enum: bulletinKinds }),
    /** The validity of the published revision, if it has one. */
    publicFrom: instant('public_from'),
    publicUntil: instant('public_until'),
    /** The folded text of the published revision, for the public search. */
    publicFolded: text('public_folded').notNull().default(''),
    correction: jsonb().$type<CorrectionUnderWay>(),
    supersedesId: uuid('supersedes_id').references((): AnyPgColumn => bulletins.id),
    supersededById: uuid('superseded_by_id').references((): AnyPgColumn => bulletins.id),
    /** The public notice of a withdrawal. */
    notice: text().notNull().default(''),
    noticeEn: text('notice_en').notNull().default(''),
    redirectToId: uuid('redirect_to_id').references((): AnyPgColumn => bulletins.id),
    unreviewedReason: text('unreviewed_reason'),
    unreviewedById: uuid('unreviewed_by_id').references(() => accounts.id),
    needsLookBack: boolean('needs_look_back').notNull().default(false),
    lookedBackById: uuid('looked_back_by_id').references(() => accounts.id),
    lookedBackAt: instant('looked_back_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    version: integer().notNull().default(1),
  },
  (table) => [
    unique('bulletins_slug').on(table.slug),
    unique('bulletins_number').on(table.incidentId, table.number),
    index('bulletins_updated').on(table.updatedAt, table.id),
    index('bulletins_state').on(table.state, table.updatedAt),
    index('bulletins_incident').on(table.incidentId, table.firstPublishedAt),
    index('bulletins_public')
      .on(table.firstPublishedAt, table.id)
      .where(sql`${table.publishedRevisionId} is not null and not ${table.isExercise}`),
    index('bulletins_look_back').on(table.publishedAt).where(sql`${table.needsLookBack}`),
    check('bulletins_state', oneOf(table.state, bulletinStates)),
    check('bulletins_kind', oneOf(table.kind, bulletinKinds)),
    check('bulletins_severity', oneOf(table.severity, bulletinSeverities)),
    check(
      'bulletins_two_persons',
      sql`${table.approvedById} is null or ${table.isExercise} or (
        ${table.approvedById} not in (${table.authorId}, ${table.lastEditorId})
        and (${table.approvedFor} is null or ${table.approvedFor} not in (${table.authorId}, ${table.lastEditorId}))
        and (${table.authorFor} is null or (
          ${table.authorFor} is distinct from ${table.approvedById} and ${table.authorFor} is distinct from ${table.approvedFor}))
        and (${table.lastEditorFor} is null or (
          ${table.lastEditorFor} is distinct from ${table.approvedById} and ${table.lastEditorFor} is distinct from ${table.approvedFor})))`,
    ),
    check(
      'bulletins_approved',
      sql`${table.state} not in ('approved', 'scheduled') or (
        ${table.approvedById} is not null and ${table.approvedRevisionId} is not distinct from ${table.currentRevisionId})`,
    ),
    check('bulletins_discarded', sql`${table.state} <> 'discarded' or ${table.publishedRevisionId} is null`),
    check('bulletins_scheduled', sql`(${table.state} = 'scheduled') = (${table.scheduledFor} is not null)`),
    check(
      'bulletins_published',
      sql`${table.state} not in ('published', 'superseded', 'withdrawn', 'unpublished') or ${table.publishedRevisionId} is not null`,
    ),
    check(
      'bulletins_out',
      sql`(${table.publishedRevisionId} is null) = (${table.firstPublishedAt} is null)
        and (${table.publishedRevisionId} is null or ${table.isExercise} or ${table.slug} is not null)`,
    ),
    check('bulletins_exercise', sql`not ${table.isExercise} or (${table.number} is null and ${table.slug} is null)`),
    check(
      'bulletins_look_back',
      sql`not ${table.needsLookBack} or (${table.unreviewedReason} is not null and ${table.unreviewedById} is not null)`,
    ),
  ],
)

/** Every saved text. Once approved or published a revision is sealed: a trigger refuses changes to it. */
export const bulletinRevisions = pgTable(
  'bulletin_revisions',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    number: integer().notNull(),
    editorId: uuid('editor_id')
      .notNull()
      .references(() => accounts.id),
    /** The colleague on whose behalf they wrote, as substitute. */
    editorFor: uuid('editor_for').references(() => accounts.id),
    content: jsonb().$type<BulletinContent>().notNull(),
    words: integer().notNull(),
    /** Saved automatically while its editor wrote: further autosaves update the same revision for a while. */
    auto: boolean().notNull().default(false),
    sealed: boolean().notNull().default(false),
    /** The approved revision of which this corrects a typo. */
    typoOfId: uuid('typo_of_id').references((): AnyPgColumn => bulletinRevisions.id),
    restoredFromId: uuid('restored_from_id').references((): AnyPgColumn => bulletinRevisions.id),
    createdAt: instant('created_at').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  (table) => [unique('bulletin_revisions_number').on(table.bulletinId, table.number)],
)

/** Scheduled publications. This table is authoritative; the job only triggers a check. A revision is published once. */
export const bulletinSchedules = pgTable(
  'bulletin_schedules',
  {
    revisionId: uuid('revision_id')
      .primaryKey()
      .references(() => bulletinRevisions.id),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    dueAt: instant('due_at').notNull(),
    scheduledById: uuid('scheduled_by_id')
      .notNull()
      .references(() => accounts.id),
    scheduledAt: instant('scheduled_at').notNull(),
    cancelledAt: instant('cancelled_at'),
    publishedAt: instant('published_at'),
  },
  (table) => [
    index('bulletin_schedules_due')
      .on(table.dueAt)
      .where(sql`${table.publishedAt} is null and ${table.cancelledAt} is null`),
    index('bulletin_schedules_bulletin').on(table.bulletinId),
    check('bulletin_schedules_end', sql`${table.publishedAt} is null or ${table.cancelledAt} is null`),
  ],
)

/** The publication log: what was published, when it should have been, and who approved it. Append-only. */
export const bulletinPublications = pgTable(
  'bulletin_publications',
  {
    revisionId: uuid('revision_id')
      .primaryKey()
      .references(() => bulletinRevisions.id),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    kind: text({ enum: publicationKinds }).notNull(),
    incidentId: uuid('incident_id').references(() => incidents.id),
    isExercise: boolean('is_exercise').notNull(),
    publishedAt: instant('published_at').notNull(),
    dueAt: instant('due_at'),
    /** Milliseconds after the scheduled minute; null if it was published manually. */
    delayMillis: integer('delay_millis'),
    /** Null: by the robot, at the scheduled minute. */
    publishedById: uuid('published_by_id').references(() => accounts.id),
    /** Null: published without a review. */
    approvedById: uuid('approved_by_id').references(() => accounts.id),
    note: text().notNull().default(''),
    noteEn: text('note_en').notNull().default(''),
  },
  (table) => [
    index('bulletin_publications_bulletin').on(table.bulletinId, table.publishedAt),
    index('bulletin_publications_first')
      .on(table.incidentId, table.publishedAt)
      .where(sql`${table.kind} = 'first' and not ${table.isExercise}`),
    index('bulletin_publications_at').on(table.publishedAt),
    check('bulletin_publications_kind', oneOf(table.kind, publicationKinds)),
  ],
)

/**
 * Each publication once, in the order in which it became visible to the public: the order of the feed archives. Written
 * only by a trigger at commit of the publication; never changed.
 */
export const bulletinAppearances = pgTable(
  'bulletin_appearances',
  {
    /** Without gaps, in commit order, independent of clocks. */
    position: integer().primaryKey(),
    revisionId: uuid('revision_id')
      .notNull()
      .references(() => bulletinRevisions.id),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    incidentId: uuid('incident_id').references(() => incidents.id),
    kind: text({ enum: bulletinKinds }).notNull(),
    /** Empty: the whole city. */
    areaIds: integer('area_ids').array().notNull(),
    inEnglish: boolean('in_english').notNull(),
    appearedAt: instant('appeared_at').notNull(),
  },
  (table) => [
    unique('bulletin_appearances_revision').on(table.revisionId),
    index('bulletin_appearances_bulletin').on(table.bulletinId, table.position),
  ],
)

/** The last number given within each incident; locked while a number is given, so that none is skipped. */
export const bulletinNumbers = pgTable('bulletin_numbers', {
  incidentId: uuid('incident_id')
    .primaryKey()
    .references(() => incidents.id),
  last: integer().notNull(),
})

/** Editorial remarks, in addition to events. One may be marked as important until it is resolved. */
export const bulletinRemarks = pgTable(
  'bulletin_remarks',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    body: text().notNull(),
    important: boolean().notNull().default(false),
    resolvedById: uuid('resolved_by_id').references(() => accounts.id),
    resolvedAt: instant('resolved_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [index('bulletin_remarks_bulletin').on(table.bulletinId, table.createdAt)],
)

/**
 * Secret links to an unpublished text. Only the hash of the token is stored; they expire when the bulletin is
 * published.
 */
export const bulletinPreviews = pgTable(
  'bulletin_previews',
  {
    tokenHash: text('token_hash').primaryKey(),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    createdById: uuid('created_by_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [index('bulletin_previews_bulletin').on(table.bulletinId)],
)

/** Images that a published revision shows: only these files are public. */
export const bulletinImages = pgTable(
  'bulletin_images',
  {
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    fileId: uuid('file_id')
      .notNull()
      .references(() => files.id),
  },
  (table) => [
    primaryKey({ columns: [table.bulletinId, table.fileId] }),
    index('bulletin_images_file').on(table.fileId),
  ],
)

/** CAP messages as they were sent. A message is never changed: another message updates or cancels it. */
export const bulletinAlerts = pgTable(
  'bulletin_alerts',
  {
    /** The CAP identifier, which is also the last part of its address. */
    id: text().primaryKey(),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    revisionId: uuid('revision_id')
      .notNull()
      .references(() => bulletinRevisions.id),
    messageType: text('message_type', { enum: capMessageTypes }).notNull(),
    status: text({ enum: capStatuses }).notNull(),
    sentAt: instant('sent_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Identifiers of the previous messages that this one references, oldest first. */
    follows: jsonb().$type<string[]>().notNull().default([]),
    headline: text().notNull(),
    /** The message itself; its XML is generated for each request, always the same. */
    message: jsonb().$type<CapMessage>().notNull(),
  },
  (table) => [
    index('bulletin_alerts_bulletin').on(table.bulletinId, table.sentAt),
    index('bulletin_alerts_follows').using('gin', table.follows.op('jsonb_path_ops')).with({ fastupdate: false }),
    index('bulletin_alerts_sent').on(table.sentAt, table.id).where(sql`${table.status} = 'Actual'`),
    check('bulletin_alerts_type', oneOf(table.messageType, capMessageTypes)),
    check('bulletin_alerts_status', oneOf(table.status, capStatuses)),
    check('bulletin_alerts_follows', sql`(${table.messageType} = 'Alert') = (${table.follows} = '[]'::jsonb)`),
  ],
)

/**
 * Removals of personal data from a bulletin that stays public: texts below this revision number, their images, previews
 * and CAP messages are no longer public. Append-only.
 */
export const bulletinRemovals = pgTable(
  'bulletin_removals',
  {
    /** The cleaned text that replaced them. */
    revisionId: uuid('revision_id')
      .primaryKey()
      .references(() => bulletinRevisions.id),
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    revisionNumber: integer('revision_number').notNull(),
    /** The slug made from the old title, if it changed. */
    formerSlug: text('former_slug'),
    removedAt: instant('removed_at').notNull(),
  },
  (table) => [
    index('bulletin_removals_bulletin').on(table.bulletinId, table.revisionNumber),
    index('bulletin_removals_slug').on(table.formerSlug),
  ],
)

/** Who has a bulletin open now: updated every few seconds, expired after half a minute. */
export const bulletinReaders = pgTable(
  'bulletin_readers',
  {
    bulletinId: uuid('bulletin_id')
      .notNull()
      .references(() => bulletins.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    isWriting: boolean('is_writing').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bulletinId, table.accountId] })],
)
