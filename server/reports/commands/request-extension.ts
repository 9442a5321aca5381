import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { reportRequests, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { dueOf } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import { visibleTo } from '../queries/scope.ts'
import type { extensionInput } from '../rules/schemas.ts'
import { type Moved, moveReport } from './move-report.ts'
import { askRequest } from './requests.ts'

type Input = z.output<typeof extensionInput>

/**
 * Requests more working minutes, which must happen before the deadline passes (docs/domain.md, clocks). Idempotent:
 * sent again under its id, it finds the request that it made.
 */
export async function requestExtension(ctx: Context, input: Input): Promise<Moved> {
  try {
    return await askForExtension(ctx, input)
  } catch (error) {
    const moved = error instanceof DomainError ? await askedBefore(ctx, input) : null
    if (moved) return moved
    throw error
  }
}

function askForExtension(ctx: Context, input: Input): Promise<Moved> {
  return moveReport(ctx, 'request_extension', input, async ({ tx, report, clocks, now, ctx: { actor } }) => {
    const kept = clocks.running()
    const due = kept && dueOf(kept.clock, clocks.timeOf(kept.calendarId))
    if (!due) throw new DomainError('clock_stopped')
    if (due < now) throw new DomainError('deadline_lapsed')
    const { id, minutes, reason } = input
    const requestId = await askRequest(tx, report.id, actor, now, { id, kind: 'extension', reason, minutes })
    return { details: { requestId, minutes, reason, dueAt: due.toISOString() } }
  })
}

/** What the request made before is refused for now: the version has moved on, and it is pending itself. */
async function askedBefore({ db, actor }: Context, { id, reportId }: Input): Promise<Moved | null> {
  if (id === undefined || actor.id === null) return null
  const [moved] = await db
    .select({ id: reports.id, code: reports.code, version: reports.version, state: reports.state })
    .from(reportRequests)
    .innerJoin(reports, eq(reports.id, reportRequests.reportId))
    .where(
      and(
        eq(reportRequests.id, id),
        eq(reportRequests.reportId, reportId),
        eq(reportRequests.askedById, actor.id),
        visibleTo(actor),
      ),
    )
  return moved ?? null
}
