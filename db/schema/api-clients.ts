import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { clientChannels } from '#server/api-clients/rules/api-client.ts'
import { keyUses } from '#server/api-clients/rules/key.ts'
import { accounts } from './accounts.ts'
import { agencies } from './agencies.ts'
import { instant, oneOf } from './columns.ts'

/** A program of another system that may use the API: it acts under its own name, for an agency, within its limits. */
export const apiClients = pgTable(
  'api_clients',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    name: text().notNull(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agencies.id),
    /** The channel of the reports that it sends. */
    channel: text({ enum: clientChannels }).notNull(),
    permissions: text().array().notNull(),
    requestsPerMinute: integer('requests_per_minute').notNull(),
    reportsPerDay: integer('reports_per_day').notNull(),
    /** Updates of Open311 name the end of a matter in the words that FixMyStreet knows, besides open and closed. */
    extendedStatuses: boolean('extended_statuses').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    createdById: uuid('created_by_id').references(() => accounts.id),
    /** From then on none of its keys is valid; it stays, because the log names it. */
    revokedAt: instant('revoked_at'),
    version: integer().notNull().default(1),
  },
  (table) => [
    unique('api_clients_name').on(table.name),
    check('api_clients_channel', oneOf(table.channel, clientChannels)),
    check('api_clients_limits', sql`${table.requestsPerMinute} > 0 and ${table.reportsPerDay} > 0`),
  ],
)

/** Keys of API clients. A key is random, so its plain SHA-256 is enough; its beginning tells which one it is. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    clientId: uuid('client_id')
      .notNull()
      .references(() => apiClients.id),
    use: text({ enum: keyUses }).notNull().default('calls'),
    prefix: text().notNull(),
    hash: text().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** Written at most once a minute. */
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [
    unique('api_keys_hash').on(table.hash),
    index('api_keys_client').on(table.clientId, table.createdAt),
    check('api_keys_use', oneOf(table.use, keyUses)),
  ],
)

/** How many reports a client has sent on a local day. */
export const apiClientDays = pgTable(
  'api_client_days',
  {
    clientId: uuid('client_id')
      .notNull()
      .references(() => apiClients.id),
    day: date().notNull(),
    reports: integer().notNull(),
    /** The limit of the client when its latest report was counted. */
    most: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.clientId, table.day] }),
    check('api_client_days_most', sql`${table.reports} <= ${table.most}`),
  ],
)
