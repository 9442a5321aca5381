import { sql } from 'drizzle-orm'
import { runPrepared } from '#db/prepared.ts'
import { accounts, presence, reportDrafts, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { sharedWithHolder } from '#server/reports/queries/drafts.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { mayAct } from '#server/reports/rules/policy.ts'
import { byPerson, type Person, type Presence } from '../rules/presence.ts'

type Row = { reportId: number; agencyId: string | null; tabs: Person[]; hasSharedDraft: boolean }

/**
 * Who else has these reports open, of those the account may see; a report without others and without a shared draft is
 * left out.
 */
export async function presenceOf({ db, actor }: Context, about: readonly number[], silent: Date): Promise<Presence[]> {
  const rows = await runPrepared<Row>(
    db,
    sql`select ${reports.id}::int as "reportId", ${reports.agencyId} as "agencyId",
        coalesce((
          select json_agg(json_build_object('accountId', p.account_id, 'name', a.name, 'doing', p.doing,
            'isUnsaved', p.is_unsaved, 'isIdle', p.is_idle))
          from ${presence} p join ${accounts} a on a.id = p.account_id
          where p.report_id = ${reports.id} and p.account_id <> ${actor.id}::uuid
            and p.seen_at > ${silent.toISOString()}::timestamptz), '[]'::json) as tabs,
        exists (
          select from ${reportDrafts} where ${reportDrafts.reportId} = ${reports.id}
            and ${reportDrafts.sharedAt} is not null and ${sharedWithHolder}) as "hasSharedDraft"
      from ${reports}
      where ${reports.id} = any(${`{${about.join()}}`}::bigint[]) and ${visibleTo(actor)}`,
  )
  return rows.flatMap(({ reportId, agencyId, tabs, hasSharedDraft }) => {
    const mayRead = hasSharedDraft && capacityFor(actor, (capacity) => mayAct(capacity, 'add_note', agencyId)) !== null
    const people = byPerson(tabs)
    return people.length > 0 || mayRead ? [{ reportId, people, hasSharedDraft: mayRead }] : []
  })
}
