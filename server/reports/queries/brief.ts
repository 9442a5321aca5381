import { and, eq } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { visibleTo } from './scope.ts'

/** The minimum that identifies a report; null where the reader may see none with that code. */
export async function briefByCode({ db, actor }: Context, code: string) {
  const [report] = await db
    .select({
      id: reports.id,
      code: reports.code,
      title: reports.title,
      state: reports.state,
      address: reports.address,
      receivedAt: reports.receivedAt,
    })
    .from(reports)
    .where(and(eq(reports.code, normalise(code).trim().toUpperCase()), visibleTo(actor)))
  return report ?? null
}
