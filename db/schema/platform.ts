import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { filePurposes } from '#server/platform/rules/photo.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/** Switches a city sets for itself; a key that is absent has the default of `server/platform/rules/settings.ts`. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
})

/**
 * Files as they are named: each row is one purpose of one owner, and is served and attached for no other. What is
 * stored, the original as received and the re-encoded copies without metadata, goes by its content and is shared by all
 * rows that have it.
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
    /** The account that handed it in; null where nobody of the desk did. */
    ownerId: uuid('owner_id').references(() => accounts.id),
    /** When it was handed in last. */
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When it first came to hang on something. Until then only its owner sees it, and it is cleared away soon. */
    attachedAt: instant('attached_at'),
  },
  (table) => [
    unique('files_handle').on(table.sha256, table.purpose, table.ownerId).nullsNotDistinct(),
    index('files_unattached').on(table.ownerId, table.createdAt).where(sql`${table.attachedAt} is null`),
    check('files_purpose', oneOf(table.purpose, filePurposes)),
  ],
)

/** Kept by the rate limiter: points used up per key, forgotten at `expire` (milliseconds since 1970). */
export const loginLimits = pgTable(
  'login_limits',
  {
    key: text().primaryKey(),
    points: integer().notNull().default(0),
    expire: bigint({ mode: 'number' }),
  },
  (table) => [index('login_limits_expire').on(table.expire)],
)

/** A worker process beats here; one that stopped beating has its jobs given back. */
export const jobWorkers = pgTable('job_workers', {
  workerId: text('worker_id').primaryKey(),
  processId: integer('process_id').notNull(),
  host: text().notNull(),
  heartbeatAt: instant('beat_at').notNull(),
})

/**
 * When each job of the schedule was last done to its end: one that hangs shows here as well as one that nobody does.
 */
export const jobTurns = pgTable('job_turns', {
  job: text().primaryKey(),
  /** Since when somebody is there who should do it. */
  expectedAt: instant('expected_at').notNull(),
  doneAt: instant('done_at'),
})
