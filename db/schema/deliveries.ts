import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  attemptOutcomes,
  type DeliveryFailure,
  deliveryChannels,
  deliveryKinds,
  deliveryStates,
  gatewayKinds,
} from '#server/deliveries/rules/delivery.ts'
import { reportedStates } from '#server/deliveries/rules/receipts.ts'
import { bodyFormats, gatewayMethods } from '#server/deliveries/rules/template.ts'
import { accounts } from './accounts.ts'
import { apiClients } from './api-clients.ts'
import { instant, oneOf } from './columns.ts'
import { reports } from './reports.ts'

/** A mail server, a provider of short messages, or the program of a partner that delivers messages to reporters. */
export const gateways = pgTable(
  'gateways',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    kind: text({ enum: gatewayKinds }).notNull(),
    name: text().notNull(),
    /** The API client whose program is called; only for the kind `app`. */
    clientId: uuid('client_id').references(() => apiClients.id),
    /** Empty for mail: the mail server is part of the installation. */
    address: text().notNull().default(''),
    method: text({ enum: gatewayMethods }).notNull().default('POST'),
    format: text({ enum: bodyFormats }).notNull().default('json'),
    /** One header a line, with placeholders. */
    headers: text().notNull().default(''),
    /** The body with placeholders. */
    body: text().notNull().default(''),
    /**
     * The place in the JSON of the answer that shows acceptance, besides the status; empty: the status is sufficient.
     */
    acceptedField: text('accepted_field').notNull().default(''),
    acceptedValue: text('accepted_value').notNull().default(''),
    /**
     * Values of that field, separated by commas, that refuse the number; other refusals are failures of the gateway.
     */
    refusedValues: text('refused_values').notNull().default(''),
    /** The place in the JSON of the answer that has the provider's message number; empty: none. */
    receiptField: text('receipt_field').notNull().default(''),
    /** The hash of the token in the address at which the provider reports what became of messages; null: none. */
    receiptHash: text('receipt_hash'),
    /** The places of the message number and its state in such a report, and the values, separated by commas. */
    receiptNumberField: text('receipt_number_field').notNull().default(''),
    receiptStateField: text('receipt_state_field').notNull().default(''),
    deliveredValues: text('delivered_values').notNull().default(''),
    undeliveredValues: text('undelivered_values').notNull().default(''),
    /** Encrypted; never shown again. */
    secret: text(),
    /** The same for the further secrets of the template, by their names. */
    namedSecrets: jsonb('named_secrets').$type<Readonly<Record<string, string>>>().notNull().default({}),
    /** A short message without accents holds more than twice as many characters. */
    withoutAccents: boolean('without_accents').notNull().default(true),
    perMinute: smallint('per_minute').notNull(),
    createdAt: instant('created_at').notNull(),
    pausedAt: instant('paused_at'),
    /** The row is kept, because the log and past deliveries refer to it. */
    removedAt: instant('removed_at'),
    lastAcceptedAt: instant('last_accepted_at'),
    lastFailedAt: instant('last_failed_at'),
    lastFailure: text('last_failure').$type<DeliveryFailure>(),
    /** The provider has asked for no calls until then (`Retry-After`). */
    closedUntil: instant('closed_until'),
    version: smallint().notNull().default(1),
  },
  (table) => [
    // Two gateways for one channel or program would make the choice ambiguous.
    uniqueIndex('gateways_one')
      .on(table.kind, sql`coalesce(${table.clientId}::text, '')`)
      .where(sql`${table.removedAt} is null`),
    uniqueIndex('gateways_receipt_hash').on(table.receiptHash),
    check('gateways_kind', oneOf(table.kind, gatewayKinds)),
    check('gateways_method', oneOf(table.method, gatewayMethods)),
    check('gateways_format', oneOf(table.format, bodyFormats)),
    check('gateways_client', sql`(${table.kind} = 'app') = (${table.clientId} is not null)`),
    check('gateways_address', sql`(${table.kind} = 'mail') = (${table.address} = '')`),
    check('gateways_per_minute', sql`${table.perMinute} > 0`),
  ],
)

/**
 * One message to the reporter of a report. A trigger writes it in the transaction of its event, so that each event has
 * exactly one.
 */
export const deliveries = pgTable(
  'deliveries',
  {
    /** Also the key by which gateways recognise a repetition. */
    id: uuid().primaryKey().default(sql`uuidv7()`),
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    kind: text({ enum: deliveryKinds }).notNull(),
    reportId: bigint('report_id', { mode: 'number' })
      .notNull()
      .references(() => reports.id),
    state: text({ enum: deliveryStates }).notNull().default('waiting'),
    channel: text({ enum: deliveryChannels }),
    gatewayId: uuid('gateway_id').references(() => gateways.id),
    /** The channels that refused it. */
    tried: text({ enum: deliveryChannels }).array().notNull().default(sql`'{}'`),
    /** The channel that staff have chosen instead of the one by the rule. */
    chosen: text({ enum: deliveryChannels }),
    attempts: smallint().notNull().default(0),
    /** Attempts that do not count: they failed with the whole first batch of an outage. */
    spared: smallint().notNull().default(0),
    /** Not before this instant. */
    dueAt: instant('due_at').notNull(),
    /** Until then a process is sending it; later the process is considered dead. */
    claimedUntil: instant('claimed_until'),
    /** The encrypted citizen link, kept so that a repetition has the same text, and emptied after sending. */
    link: text(),
    failure: text().$type<DeliveryFailure>(),
    /** The reply code of the mail server or the HTTP status. */
    status: text(),
    /** The message number of the gateway. */
    receipt: text(),
    createdAt: instant('created_at').notNull(),
    /** The start of its age: the time of its event, or of sending again by staff. */
    since: instant('since').notNull(),
    settledAt: instant('settled_at'),
    /** The account that posted the letter or informed the reporter. */
    settledById: uuid('settled_by_id').references(() => accounts.id),
    version: smallint().notNull().default(1),
  },
  (table) => [
    unique('deliveries_once').on(table.eventId, table.kind),
    index('deliveries_due').on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    index('deliveries_queued').on(table.gatewayId, table.dueAt).where(sql`${table.state} = 'queued'`),
    index('deliveries_work').on(table.createdAt, table.id).where(sql`${table.state} in ('failed', 'letter')`),
    // For the work list of the intake and its count.
    index('deliveries_open').on(table.state).where(sql`${table.state} in ('waiting', 'queued', 'failed', 'letter')`),
    // For the number of messages that a gateway has sent on a day.
    index('deliveries_sent').on(table.gatewayId, table.settledAt).where(sql`${table.state} = 'sent'`),
    // For the reporters to remind to rate.
    index('deliveries_answered')
      .on(table.settledAt)
      .where(sql`${table.kind} = 'answer' and ${table.state} in ('sent', 'posted', 'told')`),
    index('deliveries_created').on(table.createdAt, table.id),
    index('deliveries_report').on(table.reportId, table.createdAt),
    check('deliveries_kind', oneOf(table.kind, deliveryKinds)),
    check('deliveries_state', oneOf(table.state, deliveryStates)),
    check('deliveries_channel', oneOf(table.channel, deliveryChannels)),
    check('deliveries_queued_by', sql`${table.state} <> 'queued' or ${table.gatewayId} is not null`),
  ],
)

/** One call of a gateway. It is written before the call, so after a crash it has no outcome. */
export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    deliveryId: uuid('delivery_id')
      .notNull()
      .references(() => deliveries.id, { onDelete: 'cascade' }),
    gatewayId: uuid('gateway_id')
      .notNull()
      .references(() => gateways.id),
    at: instant('at').notNull(),
    endedAt: instant('ended_at'),
    outcome: text({ enum: attemptOutcomes }),
    failure: text().$type<DeliveryFailure>(),
    status: text(),
    /** The message number of the gateway, by which its provider reports what became of the message. */
    receipt: text(),
    reported: text({ enum: reportedStates }),
  },
  (table) => [
    index('delivery_attempts_receipt').on(table.gatewayId, table.receipt).where(sql`${table.receipt} is not null`),
    index('delivery_attempts_delivery').on(table.deliveryId, table.at),
    // For the rate limit of a gateway.
    index('delivery_attempts_gateway').on(table.gatewayId, table.at),
    check('delivery_attempts_outcome', oneOf(table.outcome, attemptOutcomes)),
    check('delivery_attempts_reported', oneOf(table.reported, reportedStates)),
  ],
)
