import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { accountRoles, accounts } from '#db/schema/index.ts'
import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import { givenNameOf } from '#server/platform/rules/text.ts'
import type { Connection } from '../client.ts'
import { buildAgency } from './agencies.ts'

type Account = typeof accounts.$inferSelect
type Wanted = Partial<Omit<Account, 'id' | 'givenName' | 'passwordHash'>> & {
  /** Hashed cheaply: what a test signs in with is no secret. */
  password?: string
  /** Held at the account's own agency, or where the role says. */
  roles?: (Role | { role: Role; agencyId: string })[]
}

/** An account of an agency of its own, an officer there, unless the test says otherwise. */
export async function buildAccount(db: Connection, { password, roles = ['officer'], ...wanted }: Wanted = {}) {
  const agencyId = wanted.agencyId ?? (await buildAgency(db)).id
  const name = wanted.name ?? 'Nguyễn Thị Lan'
  const [account] = await db
    .insert(accounts)
    .values({
      username: `canbo.${randomUUID().slice(0, 8)}`,
      ...wanted,
      name,
      givenName: givenNameOf(name),
      agencyId,
      passwordHash: password ? await hash(password, { memoryCost: 64, timeCost: 1 }) : null,
    })
    .returning()
  if (!account) throw new Error('no account was written')
  for (const held of roles) {
    const grant = typeof held === 'string' ? { role: held, agencyId } : held
    await db.insert(accountRoles).values({ accountId: account.id, ...grant })
  }
  return account
}

/** The actor an account would be, without asking the database; `agencyIds` are those the test says lie below. */
export function actorOfAccount(
  account: Pick<Account, 'id' | 'name' | 'agencyId'>,
  role: Role,
  { agencyIds = [account.agencyId], cityWide = false }: { agencyIds?: string[]; cityWide?: boolean } = {},
): Actor {
  const grant = { role, agencyId: account.agencyId, agencyIds, cityWide }
  return { kind: 'staff', id: account.id, name: account.name, grants: [grant] }
}
