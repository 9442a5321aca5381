import { type Column, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import type { Actor, Grant } from '../rules/actor.ts'

/**
 * The grants of the account in scope as `a` at a moment, each with its agency and all below it: its own roles and those
 * it has as substitute; the city's own agency has no parent. A substituted role counts while its holder has it, is
 * active and in the same agency.
 */
export const grantsOfAccount = (now: Date): SQL => sql`
  coalesce((
    select json_agg(json_build_object(
      'role', r.role, 'agencyId', r.agency_id, 'cityWide', g.parent_id is null, 'substituteFor', r.substitute_for,
      'agencyIds', (
        with recursive below as (
          select r.agency_id as id
          union
          select child.id from agencies child join below on child.parent_id = below.id
        )
        select json_agg(id) from below
      )
    ) order by r.holder nulls first, r.role, r.agency_id)
    from (
      select role, agency_id, null::json as substitute_for, null::uuid as holder from account_roles where account_id = a.id
      union all
      select s.role, s.agency_id, json_build_object('id', h.id, 'name', h.name), h.id
      from substitutions s
        join accounts h on h.id = s.holder_id and h.is_active and h.agency_id = a.agency_id
        join account_roles held on held.account_id = h.id and held.role = s.role and held.agency_id = s.agency_id
      where s.stand_in_id = a.id and s.revoked_at is null
        and s.starts_at <= ${now.toISOString()}::timestamptz and s.ends_at > ${now.toISOString()}::timestamptz
    ) r join agencies g on g.id = r.agency_id
  ), '[]')`

/** The actor of an active account; null if there is none. */
export async function actorOf(db: Connection, accountId: string, now: Date): Promise<Actor | null> {
  const [account] = await db.execute<{ id: string; name: string; grants: Grant[] }>(sql`
    select a.id, a.name, ${grantsOfAccount(now)} as grants from accounts a where a.id = ${accountId} and a.is_active`)
  return account ? { kind: 'staff', ...account } : null
}

/** Whether an account can show a second factor. */
export const hasSecondFactor = (accountId: SQL | Column): SQL<boolean> => sql<boolean>`(
  exists (select from totp_secrets t where t.account_id = ${accountId} and t.sealed is not null)
  or exists (select from passkeys p where p.account_id = ${accountId}))`
