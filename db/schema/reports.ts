import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { type ClockTime, clockKinds, clockTimes } from '#server/calendars/rules/deadlines.ts'
import {
  channels,
  openStates,
  ratings,
  rejectReasons,
  reportStates,
  requestKinds,
  severities,
} from '#server/reports/rules/lifecycle.ts'
import { outcomes, statedOutcomes } from '#server/reports/rules/outcome.ts'
import {
  activityMakers,
  answerKinds,
  answerStatuses,
  messageKinds,
  photoKinds,
  requestStatuses,
  templateUses,
} from '#server/reports/rules/parts.ts'
import { accounts } from './accounts.ts'
import { agencies } from './agencies.ts'
import { answerBatches } from './answer-batches.ts'
import { areas } from './areas.ts'
import { categories } from './categories.ts'
import { instant, oneOf, outcomeFits, tsvector } from './columns.ts'
import { incidents } from './incidents.ts'
import { files } from './platform.ts'

const id = () => bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity()

/**
 * What the queue shows: the hot table, with few indexes. Long, rare or personal data is in separate tables.
 */
export const reports = pgTable(
  'reports',
  {
    id: id(),
    code: text().notNull(),
    version: integer().notNull().default(1),
    state: text({ enum: reportStates }).notNull(),
    /** The state to which `citizen_replied`, `unmerge` and `withdraw_answer` return. */
    stateBefore: text('state_before', { enum: reportStates }),
    severity: text({ enum: severities }).notNull(),
    channel: text({ enum: channels }).notNull(),
    categoryCode: text('category_code')
      .notNull()
      .references(() => categories.code),
    areaId: integer('area_id').references(() => areas.id),
    title: text().notNull(),
    body: text().notNull(),
    address: text().notNull().default(''),
    lon: doublePrecision(),
    lat: doublePrecision(),
    receivedAt: instant('received_at').notNull(),
    /**
     * From then on it can be judged whether it has been handled (`maturesAt`). Fixed at receipt; a trigger refuses to
     * change it.
     */
    maturesAt: instant('matures_at').notNull(),
    /** When it happened, if that differs from when it was received (storm reports entered later). */
    occurredAt: instant('occurred_at'),
    agencyId: text('agency_id').references(() => agencies.id),
    /** Every agency that holds, held or coordinates: they may read it. */
    heldBy: text('held_by').array().notNull().default(sql`'{}'`),
    assigneeId: uuid('assignee_id').references(() => accounts.id),
    incidentId: uuid('incident_id').references(() => incidents.id),
    mergedIntoId: bigint('merged_into_id', { mode: 'number' }).references((): AnyPgColumn => reports.id),
    mergedCount: integer('merged_count').notNull().default(0),
    /** Handled separately, yet about the same matter: its reporter gets that report's answer as well. */
    linkedToId: bigint('linked_to_id', { mode: 'number' }).references((): AnyPgColumn => reports.id),
    linkedCount: integer('linked_count').notNull().default(0),
    /** Due instant of the running clock; null while paused or stopped. */
    dueAt: instant('due_at'),
    /** From this instant on a quarter or less of the time is left. */
    soonAt: instant('soon_at'),
    /** Until when its latest answer commits the agency, where that plans something for a day. */
    commitmentDueAt: instant('commitment_due_at'),
    pausedAt: instant('paused_at'),
    /** `dueAt` with "none" last, so that one index gives the order of the queue and its keyset. */
    dueOrder: timestamp('due_order', { withTimezone: true, precision: 3, mode: 'string' })
      .notNull()
      .generatedAlwaysAs(sql`coalesce(due_at, 'infinity'::timestamptz)`),
    answeredAt: instant('answered_at'),
    closedAt: instant('closed_at'),
    lastActivityAt: instant('last_activity_at').notNull(),
    lastActivityBy: text('last_activity_by', { enum: activityMakers }).notNull(),
    askedById: uuid('asked_by_id').references(() => accounts.id),
    returnCount: integer('return_count').notNull().default(0),
    transferCount: integer('transfer_count').notNull().default(0),
    reopenCount: integer('reopen_count').notNull().default(0),
    photoCount: integer('photo_count').notNull().default(0),
    /** Who made the last decision that can be taken back, until when; until then only these agencies know of it. */
    decidedById: uuid('decided_by_id').references(() => accounts.id),
    releasedAt: instant('released_at'),
    knownTo: text('known_to').array(),
    rejectReason: text('reject_reason', { enum: rejectReasons }),
    rating: text({ enum: ratings }),
    tags: text().array().notNull().default(sql`'{}'`),
    /** The source it came from and its key there: a repeated request finds the report it created before. */
    source: text().notNull(),
    sourceKey: text('source_key').notNull(),
  },
  (table) => {
    const open = oneOf(table.state, openStates)
    return [
      unique('reports_code').on(table.code),
      unique('reports_source').on(table.source, table.sourceKey),
      index('reports_commitment').on(table.commitmentDueAt).where(sql`${table.commitmentDueAt} is not null`),
      index('reports_agency_commitment')
        .on(table.agencyId, table.commitmentDueAt)
        .where(sql`${table.commitmentDueAt} is not null`),
      index('reports_open_due').on(table.dueOrder, table.receivedAt, table.id).where(open),
      // What awaits intake, urgent reports first.
      index('reports_intake_urgency')
        .on(sql`(${table.severity} <> 'urgent')`, table.dueOrder, table.receivedAt, table.id)
        .where(oneOf(table.state, ['awaiting_intake'])),
      index('reports_open_agency_due').on(table.agencyId, table.dueOrder, table.receivedAt, table.id).where(open),
      index('reports_open_assignee')
        .on(table.assigneeId, table.dueOrder)
        .where(sql`${open} and ${table.assigneeId} is not null`),
      index('reports_asked_by').on(table.askedById).where(sql`${table.state} = 'awaiting_citizen'`),
      // An agency may read reports in `held_by`: the first index serves lists of open reports, the second unbounded
      // lists.
      index('reports_open_held_by').using('gin', table.heldBy).with({ fastupdate: false }).where(open),
      index('reports_held_by').using('gin', table.heldBy).with({ fastupdate: false }),
      index('reports_received').on(table.receivedAt, table.id),
      index('reports_agency_received').on(table.agencyId, table.receivedAt, table.id),
      index('reports_area_received').on(table.areaId, table.receivedAt),
      // Open reports of one title, whatever its accents and punctuation.
      index('reports_open_title').on(sql`title_key(${table.title})`, table.receivedAt).where(open),
      index('reports_answered').on(table.answeredAt).where(sql`${table.state} = 'answered'`),
      // Answered reports of a category, the newest first.
      index('reports_category_answered')
        .on(table.categoryCode, table.answeredAt)
        .where(sql`${table.answeredAt} is not null`),
      // What a program of another system has sent, the newest first.
      index('reports_client_received')
        .on(table.source, table.receivedAt, table.id)
        .where(sql`${table.source} like 'client:%'`),
      index('reports_incident').on(table.incidentId, table.receivedAt).where(sql`${table.incidentId} is not null`),
      index('reports_merged_into').on(table.mergedIntoId).where(sql`${table.mergedIntoId} is not null`),
      index('reports_linked_to').on(table.linkedToId).where(sql`${table.linkedToId} is not null`),
      check('reports_state', oneOf(table.state, reportStates)),
      check('reports_severity', oneOf(table.severity, severities)),
      check('reports_channel', oneOf(table.channel, channels)),
      check('reports_point', sql`(${table.lon} is null) = (${table.lat} is null)`),
      check('reports_rejected', sql`(${table.state} = 'rejected') <= (${table.rejectReason} is not null)`),
      check('reports_merged', sql`(${table.state} = 'merged') = (${table.mergedIntoId} is not null)`),
      check(
        'reports_held',
        sql`${table.state} not in ('awaiting_acceptance', 'in_progress', 'awaiting_approval') or ${table.agencyId} is not null`,
      ),
      check('reports_not_into_itself', sql`${table.mergedIntoId} <> ${table.id}`),
      check('reports_not_linked_to_itself', sql`${table.linkedToId} <> ${table.id}`),
      check('reports_stopped', sql`${open} or ${table.dueAt} is null`),
    ]
  },
)

/** The last number given out per local day, for codes like HN-240907-0113. */
export const reportCodes = pgTable('report_codes', {
  day: date().primaryKey(),
  last: integer().notNull(),
})

/** Who sent it. Personal data: read only through the query that records the disclosure. */
export const reporters = pgTable(
  'reporters',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .primaryKey()
      .references(() => reports.id),
    name: text(),
    phone: text(),
    email: text(),
    address: text(),
  },
  (table) => [
    // Independent of the format: `0912 345 678` and `+84912345678` are one number.
    index('reporters_phone').on(sql`phone_digits(${table.phone})`).where(sql`${table.phone} is not null`),
  ],
)

/** The search words of each report, separate from the hot table so that moves do not rewrite their large index. */
export const reportSearch = pgTable(
  'report_search',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .primaryKey()
      .references(() => reports.id),
    /**
     * Code, title, body and address, and with labels the answers sent, the messages exchanged with the citizen and the
     * names of photos: each word folded and, if it has diacritics, as written (rules/search-text.ts).
     */
    words: tsvector().notNull(),
  },
  (table) => [index('report_search_words').using('gin', table.words)],
)

/**
 * Reports whose search words, including those of their notes, were written before search covered as much as now: a job
 * updates them.
 */
export const searchRenewals = pgTable('search_renewals', {
  reportId: bigint('report_id', { mode: 'number' })
    .primaryKey()
    .references(() => reports.id),
})

/**
 * The grid square of each report with a point, one neighbourhood wide (rules/neighbourhood.ts): nearby reports are
 * found with a few squares. Maintained by a trigger on `reports`, separate from the hot table, so that no move rewrites
 * its index.
 */
export const reportCells = pgTable(
  'report_cells',
  {
    cell: bigint({ mode: 'number' }).notNull(),
    receivedAt: instant('received_at').notNull(),
    reportId: bigint('report_id', { mode: 'number' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.cell, table.receivedAt, table.reportId] })],
)

/** One row per promise: one for intake, one for resolution and one more after every reopening. */
export const reportClocks = pgTable(
  'report_clocks',
  {
    id: id(),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    kind: text({ enum: clockKinds }).notNull(),
    round: integer().notNull().default(1),
    calendarId: text('calendar_id').notNull(),
    time: text({ enum: clockTimes }).notNull().default('working'),
    startedAt: instant('started_at').notNull(),
    targetMinutes: integer('target_minutes').notNull(),
    pauses: jsonb().$type<{ from: string; to: string | null; reason: string }[]>().notNull().default([]),
    /** Past stretches that ran in a different time than `time`. */
    spells: jsonb().$type<{ until: string; time: ClockTime }[]>().notNull().default([]),
    /** The part of the target granted by extensions. */
    extendedMinutes: integer('extended_minutes').notNull().default(0),
    /** The due instant before any extension; null while paused. */
    firstDueAt: instant('first_due_at'),
    /** Null while paused; the value at the stop is kept. */
    dueAt: instant('due_at'),
    stoppedAt: instant('stopped_at'),
  },
  (table) => [
    unique('report_clocks_round').on(table.reportId, table.kind, table.round),
    check('report_clocks_kind', oneOf(table.kind, clockKinds)),
    check('report_clocks_time', oneOf(table.time, clockTimes)),
    check('report_clocks_target', sql`${table.targetMinutes} > 0`),
  ],
)

export const reportNotes = pgTable(
  'report_notes',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    agencyId: text('agency_id').references(() => agencies.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    body: text().notNull(),
    /** Search words, separate from those of the report: not everyone who sees the report may read its notes. */
    words: tsvector().notNull().default(''),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('report_notes_report').on(table.reportId, table.createdAt),
    index('report_notes_words').using('gin', table.words),
  ],
)

/** The colleagues mentioned in a note, with the names by which its text mentions them. */
export const noteMentions = pgTable(
  'note_mentions',
  {
    noteId: uuid('note_id')
      .notNull()
      .references(() => reportNotes.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.noteId, table.accountId] })],
)

/** Messages exchanged with the citizen other than the answer: questions, replies, further information. */
export const reportMessages = pgTable(
  'report_messages',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    kind: text({ enum: messageKinds }).notNull(),
    body: text().notNull(),
    /** The account that wrote it, or recorded the citizen's words. */
    authorId: uuid('author_id').references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('report_messages_report').on(table.reportId, table.createdAt),
    check('report_messages_kind', oneOf(table.kind, messageKinds)),
  ],
)

/** Answers to the citizen, the answer of a rejection included. */
export const reportAnswers = pgTable(
  'report_answers',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    round: integer().notNull().default(1),
    kind: text({ enum: answerKinds }).notNull().default('answer'),
    status: text({ enum: answerStatuses }).notNull(),
    agencyId: text('agency_id').references(() => agencies.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => accounts.id),
    /** The colleague on whose behalf the author wrote, as substitute. */
    authorFor: uuid('author_for').references(() => accounts.id),
    /** Given on a report that was answered before: its state and clocks stay as they are. */
    isFollowUp: boolean('is_follow_up').notNull().default(false),
    /** What was done, where, when, and what comes next; a rejection has only `what`. */
    what: text().notNull(),
    whereDone: text('where_done').notNull().default(''),
    whenDone: text('when_done').notNull().default(''),
    next: text().notNull().default(''),
    /** Null of a rejection: it has none. */
    outcome: text({ enum: outcomes }),
    /** The day for which it is planned. */
    plannedFor: date('planned_for'),
    /** Where a matter went that is not the agency's. */
    referredTo: text('referred_to').notNull().default(''),
    remarks: text(),
    reviewerId: uuid('reviewer_id').references(() => accounts.id),
    /** The colleague on whose behalf the reviewer decided, as substitute. */
    reviewerFor: uuid('reviewer_for').references(() => accounts.id),
    /** Whether the author may approve because the agency has no second account. */
    soleAccount: boolean('sole_account').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    reviewedAt: instant('reviewed_at'),
    /** It is not sent before this instant: until then it may be withdrawn. */
    sendAt: instant('send_at'),
    sentAt: instant('sent_at'),
    /** The batch that wrote it: a message to many, which is no first response in the figures. */
    batchId: uuid('batch_id').references(() => answerBatches.id),
  },
  (table) => [
    index('report_answers_report').on(table.reportId, table.createdAt),
    uniqueIndex('report_answers_live')
      .on(table.reportId, table.round)
      .where(sql`${table.status} in ('submitted', 'queued')`),
    index('report_answers_batch').on(table.batchId).where(sql`${table.batchId} is not null`),
    check('report_answers_kind', oneOf(table.kind, answerKinds)),
    check('report_answers_status', oneOf(table.status, answerStatuses)),
    check('report_answers_follow_up', sql`${table.kind} = 'answer' or not ${table.isFollowUp}`),
    check(
      'report_answers_outcome',
      sql`(${table.kind} = 'answer') = (${table.outcome} is not null) and ${outcomeFits(table)}`,
    ),
    check(
      'report_answers_two_persons',
      sql`${table.reviewerId} is null or ${table.soleAccount} or (
        ${table.authorId} is distinct from ${table.reviewerId} and ${table.authorId} is distinct from ${table.reviewerFor}
        and (${table.authorFor} is null or (
          ${table.authorFor} is distinct from ${table.reviewerId} and ${table.authorFor} is distinct from ${table.reviewerFor})))`,
    ),
  ],
)

/** What an officer requests and an approver grants: an extension, a transfer, a pause. */
export const reportRequests = pgTable(
  'report_requests',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    kind: text({ enum: requestKinds }).notNull(),
    status: text({ enum: requestStatuses }).notNull().default('pending'),
    reason: text().notNull(),
    /** Extension: working minutes requested. */
    minutes: integer(),
    /** Transfer: the target agency. Pause: the agency waited for. */
    agencyId: text('agency_id').references(() => agencies.id),
    /** Follow-up: the answer that waits for it. */
    answerId: uuid('answer_id').references(() => reportAnswers.id),
    askedById: uuid('asked_by_id')
      .notNull()
      .references(() => accounts.id),
    /** The colleague on whose behalf it was requested, as substitute. */
    askedFor: uuid('asked_for').references(() => accounts.id),
    askedAt: instant('asked_at').notNull(),
    decidedById: uuid('decided_by_id').references(() => accounts.id),
    decidedAt: instant('decided_at'),
    remarks: text(),
  },
  (table) => [
    index('report_requests_report').on(table.reportId, table.askedAt),
    uniqueIndex('report_requests_pending').on(table.reportId, table.kind).where(sql`${table.status} = 'pending'`),
    check('report_requests_kind', oneOf(table.kind, requestKinds)),
    check('report_requests_status', oneOf(table.status, requestStatuses)),
    check('report_requests_minutes', sql`(${table.kind} = 'extension') = (${table.minutes} is not null)`),
    check('report_requests_answer', sql`(${table.kind} = 'follow_up') = (${table.answerId} is not null)`),
    check('report_requests_decided', sql`(${table.decidedAt} is null) = (${table.status} = 'pending')`),
  ],
)

export const reportPhotos = pgTable(
  'report_photos',
  {
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    fileId: uuid('file_id')
      .notNull()
      .references(() => files.id),
    kind: text({ enum: photoKinds }).notNull(),
    /** The original name of the file; empty if unknown. */
    name: text().notNull().default(''),
    addedById: uuid('added_by_id').references(() => accounts.id),
    addedAt: instant('added_at').notNull(),
    /** The agency that held the report when it was added: a former agency can still read its own part. */
    agencyId: text('agency_id').references(() => agencies.id),
    position: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.reportId, table.fileId, table.kind] }),
    index('report_photos_file').on(table.fileId),
    check('report_photos_kind', oneOf(table.kind, photoKinds)),
  ],
)

/** The proof photos of each answer. A photo may prove several answers: what was sent with one stays with it. */
export const answerPhotos = pgTable(
  'answer_photos',
  {
    answerId: uuid('answer_id')
      .notNull()
      .references(() => reportAnswers.id),
    fileId: uuid('file_id')
      .notNull()
      .references(() => files.id),
  },
  (table) => [primaryKey({ columns: [table.answerId, table.fileId] }), index('answer_photos_file').on(table.fileId)],
)

export const answerTemplates = pgTable(
  'answer_templates',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    name: text().notNull(),
    use: text({ enum: templateUses }).notNull(),
    categoryCode: text('category_code').references(() => categories.code),
    /** For a rejection: the reject reason of this standard text. */
    reason: text({ enum: rejectReasons }),
    /** For an answer: the outcome that it usually states; of a plan without its day. */
    outcome: text({ enum: statedOutcomes }),
    body: text().notNull(),
    isActive: boolean('is_active').notNull().default(true),
    position: integer().notNull().default(0),
    version: integer().notNull().default(1),
  },
  (table) => [
    check('answer_templates_use', oneOf(table.use, templateUses)),
    check(
      'answer_templates_reason',
      sql`${oneOf(table.reason, rejectReasons)} and (${table.use} = 'reject' or ${table.reason} is null)`,
    ),
    check(
      'answer_templates_outcome',
      sql`${oneOf(table.outcome, statedOutcomes)} and (${table.use} = 'answer' or ${table.outcome} is null)`,
    ),
  ],
)
