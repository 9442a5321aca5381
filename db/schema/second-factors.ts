import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { challengePurposes } from '#server/accounts/rules/second-factor.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/**
 * The encrypted secret of an account's authenticator app. A new secret is stored beside it until its first code was
 * entered, so that there is no moment without a second factor when the phone is changed.
 */
export const totpSecrets = pgTable('totp_secrets', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id),
  sealed: text(),
  addedAt: instant('added_at'),
  lastUsedAt: instant('last_used_at'),
  /** The time step of the last accepted code: it and earlier ones are not accepted again. */
  lastStep: bigint('last_step', { mode: 'number' }),
  nextSealed: text('next_sealed'),
  nextBegunAt: instant('next_begun_at'),
  /** The sign-in in which the new secret is being set up: no other sign-in can finish it. */
  nextSessionId: uuid('next_session_id'),
})

/** One-time codes to sign in when the phone is lost. Only hashes are stored. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    codeHash: text('code_hash').notNull(),
    madeAt: instant('made_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [unique('recovery_codes_once').on(table.accountId, table.codeHash)],
)

export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid().primaryKey().default(sql`uuidv7()`),
    accountId: uuid('account_id')
      .notNull()
      .references(() => accounts.id),
    credentialId: text('credential_id').notNull(),
    /** As the authenticator gave it (COSE), in base64url. */
    publicKey: text('public_key').notNull(),
    counter: bigint({ mode: 'number' }).notNull(),
    transports: text().array().notNull().default([]),
    name: text().notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [unique('passkeys_credential').on(table.credentialId), index('passkeys_account').on(table.accountId)],
)

/** Challenges for authenticators: one per sign-in and purpose, used once. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    sessionId: uuid('session_id').notNull(),
    purpose: text({ enum: challengePurposes }).notNull(),
    challenge: text().notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.purpose] }),
    check('passkey_challenges_purpose', oneOf(table.purpose, challengePurposes)),
  ],
)
