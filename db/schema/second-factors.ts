import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { challengePurposes } from '#server/accounts/rules/second-factor.ts'
import { accounts } from './accounts.ts'
import { instant, oneOf } from './columns.ts'

/**
 * The secret from which an account's application computes codes, sealed. One that is being set up waits beside it until
 * its first code has come, so that changing the phone leaves no moment without a second factor.
 */
export const totpSecrets = pgTable('totp_secrets', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => accounts.id),
  sealed: text(),
  addedAt: instant('added_at'),
  lastUsedAt: instant('last_used_at'),
  /** The time step of the last code that was taken: it and those before it are not taken again. */
  lastStep: bigint('last_step', { mode: 'number' }),
  nextSealed: text('next_sealed'),
  nextBegunAt: instant('next_begun_at'),
  /** The sign-in in which it is being set up: no other can finish it. */
  nextSessionId: uuid('next_session_id'),
})

/** What opens the door once when the phone is lost. Only hashes are kept. */
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

/** What an authenticator is asked to sign: one per sign-in and purpose, taken once. */
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
