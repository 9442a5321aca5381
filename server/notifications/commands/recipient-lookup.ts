import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import type { NotificationRecipients } from '../rules/recipients.ts'

type Recipient = { id: string; calendarId: string }

/**
 * Finds recipients: the named accounts, and the holders of a role over an agency or, if there are none, over the
 * nearest agency above it.
 */
export class RecipientLookup {
  readonly #tx: Transaction
  readonly #at: Date
  readonly #holders = new Map<string, Promise<Recipient[]>>()

  constructor(tx: Transaction, at: Date) {
    this.#tx = tx
    this.#at = at
  }

  async of({ accounts, roles }: Pick<NotificationRecipients, 'accounts' | 'roles'>): Promise<Recipient[]> {
    const ids = accounts.filter((id) => id !== null)
    const named = ids.length === 0 ? [] : await this.#named(ids)
    const holding = await Promise.all(roles.map(({ role, agencyId }) => this.#holding(role, agencyId)))
    return [...new Map([...named, ...holding.flat()].map((each) => [each.id, each])).values()]
  }

  async #named(ids: readonly string[]): Promise<Recipient[]> {
    return [
      ...(await this.#tx.execute<Recipient>(sql`
        select accounts.id, agencies.calendar_id as "calendarId"
        from accounts join agencies on agencies.id = accounts.agency_id
        where accounts.is_active and accounts.id = any(${`{${ids.join(',')}}`}::uuid[])`)),
    ]
  }

  #holding(role: Role, agencyId: string | null): Promise<Recipient[]> {
    const key = `${role} ${agencyId}`
    const known = this.#holders.get(key) ?? this.#find(role, agencyId)
    this.#holders.set(key, known)
    return known
  }

  async #find(role: Role, agencyId: string | null): Promise<Recipient[]> {
    const at = sql`${this.#at.toISOString()}::timestamptz`
    return [
      ...(await this.#tx.execute<Recipient>(sql`
        with recursive above as (
          select id, parent_id, 0 as height from agencies
            where ${agencyId === null ? sql`parent_id is null` : sql`id = ${agencyId}`}
          union all
          select agencies.id, agencies.parent_id, height + 1 from agencies join above on agencies.id = above.parent_id),
        holding as (
          select account_id, agency_id from account_roles where role = ${role}
          union
          select stand_in_id, agency_id from substitutions
            where role = ${role} and starts_at <= ${at} and ends_at > ${at} and revoked_at is null),
        found as (
          select accounts.id, agencies.calendar_id, above.height
          from above join holding on holding.agency_id = above.id
          join accounts on accounts.id = holding.account_id and accounts.is_active
          join agencies on agencies.id = accounts.agency_id)
        select distinct id, calendar_id as "calendarId" from found where height = (select min(height) from found)`)),
    ]
  }
}
