import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Switches a city sets for itself; a key that is absent has the default of `server/platform/rules/settings.ts`. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
})

/** Content-addressed files: the original as received and the re-encoded public copies, without metadata. */
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
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [unique('files_sha256').on(table.sha256)],
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
  beatAt: instant('beat_at').notNull(),
})
