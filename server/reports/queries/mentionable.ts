import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { grantsOfAccount } from '#server/accounts/queries/actors.ts'
import type { Grant } from '#server/accounts/rules/actor.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type Mention, mentionsIn } from '../rules/mentions.ts'
import { isVisible, knownAt, readingOf, readingRoles } from '../rules/scope.ts'
import type { ReportRow } from './lock.ts'
import { textArray, visibleTo } from './scope.ts'

export type Mentionable = { id: string; name: string; position: string; agencyName: string }

const most = 500

/**
 * The colleagues who can be mentioned on a report, those of its agency first: who may read everything on it by a role
 * of their own.
 */
export async function mentionableOn({ db, actor }: Context, reportId: number): Promise<Mentionable[]> {
  return [
    ...(await db.execute<Mentionable>(sql`
      with recursive held as (
        select agency_id from reports where reports.id = ${reportId} and ${visibleTo(actor)}),
      above as (
        select agencies.id, agencies.parent_id from agencies join held on agencies.id = held.agency_id
        union
        select agencies.id, agencies.parent_id from agencies join above on agencies.id = above.parent_id)
      select a.id, a.name, a.position, g.short_name as "agencyName"
      from accounts a join agencies g on g.id = a.agency_id cross join held
      where a.is_active and a.id <> ${actor.id}::uuid and exists (
        select from account_roles r join agencies over on over.id = r.agency_id
        where r.account_id = a.id and r.role = any(${textArray(readingRoles)})
          and (over.parent_id is null or over.id in (select id from above)))
      order by (a.agency_id is distinct from held.agency_id), a.given_name collate "vi-x-icu",
        a.name collate "vi-x-icu", a.id
      limit ${sql.raw(String(most))}`)),
  ]
}

type Candidate = Mention & { isActive: boolean; grants: Grant[] }

/**
 * The colleagues that a note mentions, of those chosen while it was written. Refuses one who may not read it: they
 * would be told of something that they cannot open.
 */
export async function mentionsOf(
  tx: Transaction,
  now: Date,
  { releasedAt, ...report }: Pick<ReportRow, 'agencyId' | 'heldBy' | 'knownTo' | 'releasedAt'>,
  { body, chosen }: { body: string; chosen: readonly string[] },
): Promise<Mention[]> {
  if (chosen.length === 0) return []
  const held = { ...report, knownTo: knownAt({ ...report, releasedAt }, now) }
  const found = await tx.execute<Candidate>(sql`
    select a.id, a.name, a.is_active as "isActive", ${grantsOfAccount(now)} as grants
    from accounts a where a.id = any(${textArray(chosen)}::uuid[])
    order by array_position(${textArray(chosen)}::uuid[], a.id)`)
  const mentioned = mentionsIn(body, [...found]) as Candidate[]
  const unable = mentioned.filter(({ isActive, ...person }) => {
    const actor = { kind: 'staff' as const, ...person }
    return !isActive || !isVisible(actor, held) || readingOf(actor, report) !== 'all'
  })
  if (unable.length > 0) throw new DomainError('mention_unseen', { names: unable.map(({ name }) => name).join(', ') })
  return mentioned.map(({ id, name }) => ({ id, name }))
}
