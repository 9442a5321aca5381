import { hash } from '@node-rs/argon2'
import { inArray, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accountRoles, accounts, agencies } from '#db/schema/index.ts'
import type { Actor, Grant, Role } from '#server/accounts/rules/actor.ts'
import { givenNameOf } from '#server/platform/rules/text.ts'
import { type BuiltAgency, buildAgency, buildCity } from './agencies.ts'
import { unique } from './unique.ts'

type Account = typeof accounts.$inferSelect
type Post = { role: Role; agencyId: string }
type Wanted = Partial<Omit<Account, 'id' | 'givenName'>> & {
  agency?: BuiltAgency
  /** Hashed cheaply, because passwords of tests are not secret. */
  password?: string
  /** Held at the account's own agency, or at the agency of the post. */
  roles?: (Role | Post)[]
}

/** A staff actor, with the id that answers and notes refer to. */
export type StaffActor = Actor & { id: string }
export type BuiltAccount = Account & { actor: StaffActor }

/**
 * An account at a new agency, an officer there, unless the test says otherwise; `actor` holds its roles over all
 * agencies that are below theirs at this moment.
 */
export async function buildAccount(
  db: Connection,
  { agency, password, roles = ['officer'], ...wanted }: Wanted = {},
): Promise<BuiltAccount> {
  const agencyId = agency?.id ?? wanted.agencyId ?? (await buildAgency(db)).id
  const name = wanted.name ?? 'Nguyễn Thị Lan'
  const passwordHash = password ? await hash(password, { memoryCost: 64, timeCost: 1 }) : wanted.passwordHash
  const [account] = await db
    .insert(accounts)
    .values({ username: unique('canbo'), ...wanted, name, givenName: givenNameOf(name), agencyId, passwordHash })
    .returning()
  if (!account) throw new Error('no account was written')
  const posts = roles.map((held) => (typeof held === 'string' ? { role: held, agencyId } : held))
  for (const post of posts) await db.insert(accountRoles).values({ accountId: account.id, ...post })
  const grants = await Promise.all(posts.map((post) => grantOf(db, post)))
  return { ...account, actor: { kind: 'staff', id: account.id, name, grants } }
}

/** A new account that holds these roles at the agency, or at the city. */
export async function buildActor(
  db: Connection,
  role: Role | Role[],
  agency?: BuiltAgency,
  name?: string,
): Promise<StaffActor> {
  return (await buildAccount(db, { agency: agency ?? (await buildCity(db)), roles: [role].flat(), name })).actor
}

async function grantOf(db: Connection, { role, agencyId }: Post): Promise<Grant> {
  const below = sql`(
    with recursive below as (
      select ${agencyId}::text as id
      union select child.id from ${agencies} child join below on child.parent_id = below.id
    ) select id from below)`
  const tree = await db
    .select({ id: agencies.id, parentId: agencies.parentId })
    .from(agencies)
    .where(inArray(agencies.id, below))
  const cityWide = tree.some(({ id, parentId }) => id === agencyId && parentId === null)
  return { role, agencyId, agencyIds: tree.map(({ id }) => id), cityWide }
}

/** The same person with the roles of colleagues, as substitute, in addition to their own. */
export const standingInFor = (actor: Actor, ...substitutedIds: Actor[]): Actor => ({
  ...actor,
  grants: [
    ...actor.grants,
    ...substitutedIds.flatMap(({ id, name, grants }) =>
      grants.map((grant) => ({ ...grant, substituteFor: { id: id ?? '', name } })),
    ),
  ],
})
