import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { filePurposes } from '#server/platform/rules/photo.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/** The city's settings; an absent key has the default of `server/platform/rules/settings.ts`. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
})

/**
 * Uploads: each row has one purpose and one owner, and is served and attached for no other. The stored files, the
 * original as received and the re-encoded copies without metadata, are keyed by content and shared by all rows with the
 * same content.
 */
export const files = pgTable(
  'files',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    sha256: text().notNull(),
    mime: text().notNull(),
    bytes: integer().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    originalKey: text('original_key').notNull(),
    publicKey: text('public_key').notNull(),
    thumbKey: text('thumb_key').notNull(),
    purpose: text({ enum: filePurposes }).notNull(),
    /** The account that uploaded it; null if no account did. */
    ownerId: uuid('owner_id').references(() => accounts.id),
    /** When it was last uploaded. */
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When it was first attached. Until then only its owner sees it, and it is deleted soon. */
    attachedAt: instant('attached_at'),
  },
  (table) => [
    unique('files_handle').on(table.sha256, table.purpose, table.ownerId).nullsNotDistinct(),
    index('files_unattached').on(table.ownerId, table.createdAt).where(sql`${table.attachedAt} is null`),
    check('files_purpose', oneOf(table.purpose, filePurposes)),
  ],
)

/** Written by the rate limiter: points used per key, until `expire` (milliseconds since 1970). */
export const loginLimits = pgTable(
  'login_limits',
  {
    key: text().primaryKey(),
    points: integer().notNull().default(0),
    expire: bigint({ mode: 'number' }),
  },
  (table) => [index('login_limits_expire').on(table.expire)],
)

/** Heartbeats of worker processes; the jobs of a worker without a recent heartbeat are released. */
export const jobWorkers = pgTable('job_workers', {
  workerId: text('worker_id').primaryKey(),
  processId: integer('process_id').notNull(),
  host: text().notNull(),
  heartbeatAt: instant('beat_at').notNull(),
})

/**
 * When each scheduled job was last completed: a hanging job shows here, like one that no worker runs.
 */
export const jobTurns = pgTable('job_turns', {
  job: text().primaryKey(),
  /** Since when a worker that runs it exists. */
  expectedAt: instant('expected_at').notNull(),
  doneAt: instant('done_at'),
})
