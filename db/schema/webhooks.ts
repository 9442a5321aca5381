import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { deliveryKinds } from '#server/webhooks/rules/payload.ts'
import { deliveryFailures, deliveryStates, webhookStates } from '#server/webhooks/rules/webhook.ts'
import { accounts } from './accounts.ts'
import { agencies } from './agencies.ts'
import { apiClients } from './api-clients.ts'
import { instant, oneOf } from './columns.ts'

/** An address of another system that the desk notifies. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    name: text().notNull(),
    address: text().notNull(),
    kinds: text().array().notNull(),
    /** Only reports that this agency or one below it may read; null: reports of the whole city. */
    agencyId: text('agency_id').references(() => agencies.id),
    /** Only of reports that this client sent. */
    clientId: uuid('client_id').references(() => apiClients.id),
    state: text({ enum: webhookStates }).notNull().default('active'),
    createdAt: instant('created_at').notNull(),
    createdById: uuid('created_by_id').references(() => accounts.id),
    lastSuccessAt: instant('last_success_at'),
    /** The first failure since the last success, or since a gap without tries. */
    failingSince: instant('failing_since'),
    lastFailedAt: instant('last_failed_at'),
    version: integer().notNull().default(1),
  },
  (table) => [
    uniqueIndex('webhooks_name').on(table.name).where(sql`${table.state} <> 'ended'`),
    check('webhooks_state', oneOf(table.state, webhookStates)),
  ],
)

/** Encrypted and not hashed, because signing needs the secret. During a rotation there are two. */
export const webhookSecrets = pgTable(
  'webhook_secrets',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    sealed: text().notNull(),
    createdAt: instant('created_at').notNull(),
    /** Null: valid until a rotation. */
    expiresAt: instant('expires_at'),
  },
  (table) => [index('webhook_secrets_webhook').on(table.webhookId, table.createdAt)],
)

/** Events without prepared deliveries. A trigger writes them in the transaction of the event. */
export const webhookMarks = pgTable(
  'webhook_marks',
  {
    eventId: bigint('event_id', { mode: 'number' }).primaryKey(),
    /** The end of the undo period. */
    dueAt: instant('due_at').notNull(),
    attempts: integer().notNull().default(0),
  },
  (table) => [index('webhook_marks_due').on(table.dueAt, table.eventId)],
)

/** One notification of a webhook about one report or bulletin. Text and id are the same in every try. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    /** Null for a test. */
    eventId: bigint('event_id', { mode: 'number' }),
    kind: text({ enum: deliveryKinds }).notNull(),
    /** The code of the report or the slug of the bulletin. */
    about: text(),
    body: text().notNull(),
    state: text({ enum: deliveryStates }).notNull(),
    createdAt: instant('created_at').notNull(),
    /** Tries since it was prepared or last replayed. */
    tries: integer().notNull().default(0),
    nextTryAt: instant('next_try_at'),
    /** Until then a worker is sending it; later the worker is considered dead. */
    claimedUntil: instant('claimed_until'),
    deliveredAt: instant('delivered_at'),
    failure: text({ enum: deliveryFailures }),
    status: integer(),
  },
  (table) => [
    unique('webhook_deliveries_once').on(table.webhookId, table.eventId, table.about),
    index('webhook_deliveries_webhook').on(table.webhookId, table.id),
    index('webhook_deliveries_waiting')
      .on(table.webhookId, table.nextTryAt, table.id)
      .where(sql`${table.state} = 'waiting'`),
    index('webhook_deliveries_claimed')
      .on(table.webhookId, table.claimedUntil)
      .where(sql`${table.state} = 'waiting' and ${table.claimedUntil} is not null`),
    index('webhook_deliveries_failed')
      .on(table.webhookId, table.id)
      .where(sql`${table.state} <> 'delivered' and ${table.failure} is not null`),
    index('webhook_deliveries_dead').on(table.webhookId, table.id).where(sql`${table.state} = 'dead'`),
    index('webhook_deliveries_created').on(table.createdAt),
    check('webhook_deliveries_state', oneOf(table.state, deliveryStates)),
    check('webhook_deliveries_waiting', sql`(${table.state} = 'waiting') = (${table.nextTryAt} is not null)`),
  ],
)

export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    failure: text({ enum: deliveryFailures }),
    status: integer(),
    /** The first part of the answer. */
    answer: text().notNull().default(''),
    answerCut: boolean('answer_cut').notNull().default(false),
    millis: integer().notNull(),
  },
  (table) => [index('webhook_attempts_delivery').on(table.deliveryId, table.id)],
)
