import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { agencies, reporters, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { disclose } from '#server/disclosures/commands/disclose.ts'
import { recordEvent } from '#server/events/commands.ts'
import { disclosureLimits } from '#server/platform/rules/limits.ts'
import { maskedPhone } from '#server/platform/rules/phone.ts'
import { visibleTo } from '../queries/scope.ts'
import { revealing } from '../rules/revealing.ts'
import type { phoneSearchInput } from '../rules/schemas.ts'

export type FoundByPhone = { code: string; title: string; receivedAt: Date; agencyName: string | null }
type Row = {
  id: number
  agency_id: string | null
  code: string
  title: string
  received_at: Date
  agency: string | null
}

/**
 * The reports of one phone number: the only way from a number to a report. Of the reports visible to the actor, only
 * those whose reporter they may see are found; each search is logged, even one that finds nothing.
 */
export async function findByPhone(
  ctx: Context,
  sessionId: string | null,
  { phone, reason }: z.output<typeof phoneSearchInput>,
): Promise<{ reports: FoundByPhone[]; count: number }> {
  const mayReveal = revealing(ctx.actor)
  return ctx.db.transaction(async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select ${reports.id}, ${reports.agencyId}, ${reports.code}, ${reports.title}, ${reports.receivedAt},
        (select ${agencies.shortName} from ${agencies} where ${agencies.id} = ${reports.agencyId}) as agency
      from ${reporters} join ${reports} on ${reports.id} = ${reporters.reportId}
      where phone_digits(${reporters.phone}) = ${phone} and ${visibleTo(ctx.actor)}
      order by ${reports.receivedAt} desc, ${reports.id} desc`)
    const found = rows.filter(({ agency_id }) => mayReveal(agency_id))
    const searchedPhone = maskedPhone(phone)
    const lookId = await disclose(tx, ctx, sessionId, {
      purpose: 'phone_search',
      reason,
      reportIds: found.map(({ id }) => id),
      searchedPhone,
    })
    await recordEvent(tx, ctx, {
      event: 'disclosure.phone_searched',
      subject: { kind: 'disclosure', id: String(lookId) },
      details: { reason, sought: searchedPhone, reports: found.length },
    })
    const shown = found.slice(0, disclosureLimits.mostFound)
    return {
      reports: shown.map(({ code, title, received_at, agency }) => ({
        code,
        title,
        receivedAt: received_at,
        agencyName: agency,
      })),
      count: found.length,
    }
  })
}
