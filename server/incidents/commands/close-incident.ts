import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { incidents } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockIncident } from '../queries.ts'
import { isClosed } from '../rules/incident.ts'
import type { CloseIncident, ReopenIncident } from '../rules/schemas.ts'
import { queueRecomputation } from './queue-recomputation.ts'
import { queueSuggestions } from './queue-suggestions.ts'

/** `alertsLeft`: recorded in the log. Whether it is complete is checked by the caller, where alerts are known. */
type Closing = Omit<CloseIncident, 'alertsLeft'> & Partial<Pick<CloseIncident, 'alertsLeft'>>

/**
 * Closes an incident: it ends now at the latest, its emergency mode ends with it, and it matches no more reports. What
 * is still open stays with its holder.
 */
export async function closeIncident(ctx: Context, { id, version: seen, remarks, alertsLeft = [] }: Closing) {
  if (!mayUse(ctx.actor, 'incidents.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const incident = await lockSeen(tx, id, seen)
    if (isClosed(incident)) throw new DomainError('incident_closed')
    const at = ctx.now()
    if (incident.startsAt > at) throw new DomainError('incident_not_begun')
    const version = incident.version + 1
    const endsAt = incident.endsAt !== null && incident.endsAt < at ? incident.endsAt : at
    await tx.update(incidents).set({ closedAt: at, endsAt, stormMode: false, version }).where(eq(incidents.id, id))
    await recordEvent(tx, ctx, {
      event: 'incident.closed',
      subject: { kind: 'incident', id },
      version,
      details: {
        endsAt: [incident.endsAt?.toISOString() ?? null, endsAt.toISOString()],
        ...(incident.stormMode && { stormMode: [true, false] }),
        ...(remarks && { remarks }),
        ...(alertsLeft.length > 0 && { alertsLeft }),
      },
    })
    if (incident.stormMode) await queueRecomputation(tx, { id, endsAt }, at)
    return { id, version }
  })
}

/** Reopens a closed incident: it continues without an end, in office hours until emergency mode is switched on. */
export async function reopenIncident(ctx: Context, { id, version: seen, reason }: ReopenIncident) {
  if (!mayUse(ctx.actor, 'incidents.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const incident = await lockSeen(tx, id, seen)
    if (!isClosed(incident)) throw new DomainError('incident_open')
    const version = incident.version + 1
    await tx.update(incidents).set({ closedAt: null, endsAt: null, version }).where(eq(incidents.id, id))
    await recordEvent(tx, ctx, {
      event: 'incident.reopened',
      subject: { kind: 'incident', id },
      version,
      details: { endsAt: [incident.endsAt?.toISOString() ?? null, null], reason },
    })
    await queueSuggestions(tx, id)
    return { id, version }
  })
}

async function lockSeen(tx: Transaction, id: string, seen: number) {
  const incident = await lockIncident(tx, id)
  if (incident.version !== seen) throw await conflictOver(tx, { kind: 'incident', id }, incident.version)
  return incident
}
