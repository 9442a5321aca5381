import { type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import type { Actor, Grant } from '../rules/actor.ts'

/** The grants of the account in scope as `a`, each with its agency and all below it; the city's own agency has no parent. */
export const grantsOfAccount: SQL = sql`
  coalesce((
    select json_agg(json_build_object(
      'role', r.role, 'agencyId', r.agency_id, 'cityWide', g.parent_id is null,
      'agencyIds', (
        with recursive below as (
          select r.agency_id as id
          union
          select child.id from agencies child join below on child.parent_id = below.id
        )
        select json_agg(id) from below
      )
    ) order by r.role, r.agency_id)
    from account_roles r join agencies g on g.id = r.agency_id
    where r.account_id = a.id
  ), '[]')`

/** The actor that an active account is; null where there is none. */
export async function actorOf(db: Connection, accountId: string): Promise<Actor | null> {
  const [account] = await db.execute<{ id: string; name: string; grants: Grant[] }>(sql`
    select a.id, a.name, ${grantsOfAccount} as grants from accounts a where a.id = ${accountId} and a.is_active`)
  return account ? { kind: 'staff', ...account } : null
}
