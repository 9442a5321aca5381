import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { recordEvent } from '#server/events/commands.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockReport } from '#server/reports/queries/lock.ts'
import { mayAct } from '#server/reports/rules/policy.ts'
import { issueCitizenLink, revokeCitizenLinks } from '../links.ts'

/**
 * Creates a link that intake hands to the citizen at the counter or by telephone. The log records its author, because
 * anyone with the link can act as the reporter. No other answer and no log contains the path.
 */
export async function giveCitizenLink(ctx: Context, reportId: number): Promise<{ path: string }> {
  return onLinks(ctx, reportId, async (tx, record) => {
    const path = await issueCitizenLink(tx, reportId, { now: ctx.now(), by: ctx.actor.id })
    await record('report.citizen_link_given')
    return { path }
  })
}

/** Revokes all links to the report that exist now. */
export async function revokeLinksOfCitizen(ctx: Context, reportId: number): Promise<{ revoked: number }> {
  return onLinks(ctx, reportId, async (tx, record) => {
    const revoked = await revokeCitizenLinks(tx, reportId, ctx.now())
    await record('report.citizen_links_revoked', { revoked })
    return { revoked }
  })
}

type LinkEvent = 'report.citizen_link_given' | 'report.citizen_links_revoked'
type Record = (event: LinkEvent, details?: { revoked: number }) => Promise<void>

async function onLinks<Result>(
  ctx: Context,
  reportId: number,
  work: (tx: Transaction, record: Record) => Promise<Result>,
): Promise<Result> {
  return ctx.db.transaction(async (tx) => {
    const report = await lockReport(tx, ctx, reportId)
    const actor = capacityFor(ctx.actor, (capacity) => mayAct(capacity, 'give_citizen_link', report.agencyId))
    if (!actor) throw new DomainError('forbidden')
    const subject = { kind: 'report', id: report.id } as const
    const common = { subject, agencyId: report.agencyId, from: report.state, to: report.state }
    return work(tx, (event, details = undefined) =>
      recordEvent(tx, { ...ctx, actor }, { ...common, event, ...(details && { details }) }),
    )
  })
}
