import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgTable, smallint, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import {
  attemptOutcomes,
  type DeliveryFailure,
  deliveryChannels,
  deliveryKinds,
  deliveryStates,
  gatewayKinds,
} from '#server/deliveries/rules/delivery.ts'
import { bodyFormats, gatewayMethods } from '#server/deliveries/rules/template.ts'
import { accounts } from './accounts.ts'
import { apiClients } from './api-clients.ts'
import { instant, oneOf } from './columns.ts'
import { reports } from './reports.ts'

/** What passes messages on to reporters: the mail server, a provider of short messages, the program of a partner. */
export const gateways = pgTable(
  'gateways',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    kind: text({ enum: gatewayKinds }).notNull(),
    name: text().notNull(),
    /** Whose program is called; only for the kind `app`. */
    clientId: uuid('client_id').references(() => apiClients.id),
    /** Empty for mail: the mail server is part of the installation. */
    address: text().notNull().default(''),
    method: text({ enum: gatewayMethods }).notNull().default('POST'),
    format: text({ enum: bodyFormats }).notNull().default('json'),
    /** One header a line, with placeholders. */
    headers: text().notNull().default(''),
    /** The body with placeholders. */
    body: text().notNull().default(''),
    /** Which answer means accepted, besides its status: the place in its JSON and the value there; empty: any. */
    acceptedField: text('accepted_field').notNull().default(''),
    acceptedValue: text('accepted_value').notNull().default(''),
    /** The values there that refuse the number itself, with commas; any other refusal is the gateway's own failure. */
    refusedValues: text('refused_values').notNull().default(''),
    /** Where in the JSON the provider's own number of the message is; empty: nowhere. */
    receiptField: text('receipt_field').notNull().default(''),
    /** Encrypted; never shown again. */
    secret: text(),
    /** Short messages without accents hold more than twice as much. */
    withoutAccents: boolean('without_accents').notNull().default(true),
    perMinute: smallint('per_minute').notNull(),
    createdAt: instant('created_at').notNull(),
    pausedAt: instant('paused_at'),
    /** It is kept, because the log and past deliveries name it. */
    removedAt: instant('removed_at'),
    lastAcceptedAt: instant('last_accepted_at'),
    lastFailedAt: instant('last_failed_at'),
    lastFailure: text('last_failure').$type<DeliveryFailure>(),
    version: smallint().notNull().default(1),
  },
  (table) => [
    // One way for each channel, and for each program: otherwise a message would have two ways.
    uniqueIndex('gateways_one')
      .on(table.kind, sql`coalesce(${table.clientId}::text, '')`)
      .where(sql`${table.removedAt} is null`),
    check('gateways_kind', oneOf(table.kind, gatewayKinds)),
    check('gateways_method', oneOf(table.method, gatewayMethods)),
    check('gateways_format', oneOf(table.format, bodyFormats)),
    check('gateways_client', sql`(${table.kind} = 'app') = (${table.clientId} is not null)`),
    check('gateways_address', sql`(${table.kind} = 'mail') = (${table.address} = '')`),
    check('gateways_per_minute', sql`${table.perMinute} > 0`),
  ],
)

/**
 * One message to the reporter of one report. A trigger writes it with the event that it follows from, so there is none
 * without the other, and for an event never two.
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
    /** The channel that staff have chosen instead of the rule. */
    chosen: text({ enum: deliveryChannels }),
    attempts: smallint().notNull().default(0),
    /** Not before this instant. */
    dueAt: instant('due_at').notNull(),
    /** A process is sending it until then; afterwards that process is considered dead. */
    claimedUntil: instant('claimed_until'),
    /** The address of the report for the citizen, encrypted: a repetition says the same. Emptied once it was sent. */
    link: text(),
    failure: text().$type<DeliveryFailure>(),
    /** The answer of the mail server or the HTTP status, as a number. */
    status: text(),
    /** The gateway's own number of the message. */
    receipt: text(),
    createdAt: instant('created_at').notNull(),
    /** Its age is counted from here: from its event, or from when staff sent it again. */
    since: instant('since').notNull(),
    settledAt: instant('settled_at'),
    /** Who printed and posted it, or told the reporter. */
    settledById: uuid('settled_by_id').references(() => accounts.id),
    version: smallint().notNull().default(1),
  },
  (table) => [
    unique('deliveries_once').on(table.eventId, table.kind),
    index('deliveries_due').on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    index('deliveries_queued').on(table.gatewayId, table.dueAt).where(sql`${table.state} = 'queued'`),
    index('deliveries_work').on(table.createdAt, table.id).where(sql`${table.state} in ('failed', 'letter')`),
    // What is still to be done, counted on the page of the intake.
    index('deliveries_open').on(table.state).where(sql`${table.state} in ('waiting', 'queued', 'failed', 'letter')`),
    // What a gateway has sent on a day.
    index('deliveries_sent').on(table.gatewayId, table.settledAt).where(sql`${table.state} = 'sent'`),
    // Whose reporters may be reminded to rate.
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

/** Each time a gateway was called: written before the call, so a process that dies leaves one without an outcome. */
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
  },
  (table) => [
    index('delivery_attempts_delivery').on(table.deliveryId, table.at),
    // The pace of a gateway.
    index('delivery_attempts_gateway').on(table.gatewayId, table.at),
    check('delivery_attempts_outcome', oneOf(table.outcome, attemptOutcomes)),
  ],
)
