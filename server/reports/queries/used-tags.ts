import { sql } from 'drizzle-orm'
import type { Context } from '#server/accounts/context.ts'
import { visibleTo } from './scope.ts'

const looksAt = 20_000
const most = 300

/** The labels on the newest reports that the account may see, the most used first. */
export async function usedTags({ db, actor }: Context): Promise<string[]> {
  const rows = await db.execute<{ tag: string }>(sql`
    select tag from (
      select tags from (select * from reports order by id desc limit ${looksAt}) reports where ${visibleTo(actor)}
    ) newest, unnest(newest.tags) tag
    group by tag order by count(*) desc, tag limit ${most}`)
  return rows.map(({ tag }) => tag)
}
