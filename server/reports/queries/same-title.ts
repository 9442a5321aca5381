import { type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { runPrepared } from '#db/prepared.ts'
import { reports } from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { decodeTelex } from '#server/platform/rules/telex.ts'
import { duplicateReach, likely } from '../rules/duplicates.ts'
import type { ReportState } from '../rules/lifecycle.ts'
import type { DuplicateDraft } from '../rules/schemas.ts'
import { isOpenReport } from '../states.ts'
import { visibleTo } from './scope.ts'

export type SameTitle = {
  id: number
  code: string
  title: string
  state: ReportState
  address: string
  receivedAt: Date
}

/**
 * Recent open reports with the title of the one being entered, however it is accented and punctuated; those of its
 * category first, then the newest. Reports that both have a point are left to the comparison of places, which needs the
 * category.
 */
export const sameTitles = (db: Connection, actor: Actor, draft: DuplicateDraft, now: Date): Promise<SameTitle[]> =>
  runPrepared<SameTitle>(db, sameTitleStatement(actor, draft, now))

export function sameTitleStatement(actor: Actor, { title, categoryCode, point }: DuplicateDraft, now: Date): SQL {
  const since = new Date(now.getTime() - duplicateReach.days * 86_400_000).toISOString()
  // Bounded to the newest ones: in a storm a title may occur thousands of times.
  return sql`
    select id, code, title, state, address, received_at as "receivedAt" from (
      select * from ${reports}
      where title_key(${reports.title}) = nullif(title_key(${decodeTelex(title)}::text), '')
        and ${isOpenReport} and ${reports.receivedAt} >= ${since}::timestamptz
        ${point && categoryCode ? sql`and ${reports.lon} is null` : sql``} and ${visibleTo(actor)}
      order by ${reports.receivedAt} desc
      limit ${duplicateReach.candidates}::int
    ) newest
    order by category_code = ${categoryCode}::text desc, received_at desc, id desc
    limit ${likely.most}::int`
}
