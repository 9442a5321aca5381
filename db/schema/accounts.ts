import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { roles } from '#server/accounts/rules/actor.ts'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import { agencies } from './agencies.ts'
import { instant, oneOf } from './columns.ts'

export const accounts = pgTable(
  'accounts',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    /** Lower case, trimmed: produced by the rule `usernameOf`. */
    username: text().notNull(),
    name: text().notNull(),
    /** The given name (last word), folded: people are sorted by it. */
    givenName: text('given_name').notNull(),
    position: text().notNull().default(''),
    email: text(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agencies.id),
    passwordHash: text('password_hash'),
    oidcSubject: text('oidc_subject'),
    isActive: boolean('is_active').notNull().default(true),
    preferences: jsonb().$type<Partial<Preferences>>().notNull().default({}),
    /** The last day of which it was sent the page of the morning by mail. */
    morningLetterOn: date('morning_letter_on'),
    version: integer().notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    unique('accounts_username').on(table.username),
    unique('accounts_oidc_subject').on(table.oidcSubject),
    index('accounts_agency').on(table.agencyId),
    check(
      'accounts_username_folded',
      sql`${table.username} = lower(btrim(${table.username})) and ${table.username} <> ''`,
    ),
  ],
)

export const accountRoles = pgTable(
  'account_roles',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    role: text({ enum: roles }).notNull(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agencies.id),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.role, table.agencyId] }),
    index('account_roles_agency').on(table.agencyId, table.role),
    check('account_roles_role', oneOf(table.role, roles)),
  ],
)

/** A colleague is substitute for a role for a time (xử lý thay). Valid only while its holder is active and holds it. */
export const substitutions = pgTable(
  'substitutions',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => accounts.id),
    standInId: uuid('stand_in_id')
      .notNull()
      .references(() => accounts.id),
    role: text({ enum: roles }).notNull(),
    agencyId: text('agency_id')
      .notNull()
      .references(() => agencies.id),
    startsAt: instant('starts_at').notNull(),
    /** From this instant on it no longer applies. */
    endsAt: instant('ends_at').notNull(),
    createdById: uuid('created_by_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: instant('created_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedById: uuid('revoked_by_id').references(() => accounts.id),
  },
  (table) => [
    index('substitutions_stand_in').on(table.standInId, table.endsAt),
    index('substitutions_holder').on(table.holderId, table.endsAt),
    check('substitutions_role', oneOf(table.role, roles)),
    check('substitutions_span', sql`${table.endsAt} > ${table.startsAt}`),
    check('substitutions_two_persons', sql`${table.standInId} <> ${table.holderId}`),
  ],
)

/** Sign-ins. The id is inside the next-auth token and is looked up on every request. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokeReason: text('revoke_reason'),
    /** When the user last confirmed their identity again within the sign-in. */
    confirmedAt: instant('confirmed_at'),
    /**
     * When the second factor was verified in it, here or at the city's own sign-in. If one is required and this is
     * null, the sign-in gives no access.
     */
    secondFactorAt: instant('second_factor_at'),
    ip: text(),
    userAgent: text('user_agent'),
  },
  (table) => [index('sessions_account').on(table.accountId)],
)

/** One-time links to set a password. Only the hash of the token is stored. */
export const passwordLinks = pgTable('password_links', {
  tokenHash: text('token_hash').primaryKey(),
  accountId: uuid('account_id')
    .notNull()
    .references(() => accounts.id),
  createdBy: uuid('created_by').references(() => accounts.id),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})
