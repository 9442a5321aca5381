import { eq } from 'drizzle-orm'
import { incidents } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockIncident } from '../queries.ts'
import { isClosed, isUnderWay } from '../rules/incident.ts'
import type { SwitchStormMode } from '../rules/schemas.ts'
import { queueRecomputation } from './queue-recomputation.ts'

/**
 * In emergency mode the clocks of the incident's urgent reports run day and night. They are switched by a job, as of
 * the instant of this decision: before it they ran in working time.
 */
export async function switchStormMode(ctx: Context, { id, version: seen, stormMode }: SwitchStormMode) {
  if (!mayUse(ctx.actor, 'incidents.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const incident = await lockIncident(tx, id)
    const subject = { kind: 'incident', id } as const
    if (incident.version !== seen) throw await conflictOver(tx, subject, incident.version)
    if (incident.stormMode === stormMode) return { id, version: incident.version }
    if (isClosed(incident)) throw new DomainError('incident_closed')
    const at = ctx.now()
    if (stormMode && !isUnderWay(incident, at)) throw new DomainError('incident_not_under_way')
    const version = incident.version + 1
    await tx.update(incidents).set({ stormMode, version }).where(eq(incidents.id, id))
    await recordEvent(tx, ctx, {
      event: stormMode ? 'incident.storm_mode_on' : 'incident.storm_mode_off',
      subject,
      version,
      details: { name: incident.name },
    })
    await queueRecomputation(tx, { id, endsAt: incident.endsAt }, at)
    return { id, version }
  })
}
