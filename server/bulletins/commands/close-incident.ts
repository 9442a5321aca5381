import type { Context } from '#server/accounts/context.ts'
import { closeIncident } from '#server/incidents/commands/close-incident.ts'
import type { CloseIncident } from '#server/incidents/rules/schemas.ts'
import { DomainError } from '#server/platform/errors.ts'
import { alertsOfIncident } from '../queries/closing.ts'
import { unseenAlerts } from '../rules/closing.ts'

/**
 * Closes an incident without ending any of its alerts: the caller names the alerts in force that they leave so. If one
 * came into force meanwhile, or was not seen, the call is refused first.
 */
export async function closeIncidentInSight(
  ctx: Context,
  input: CloseIncident,
): Promise<{ id: string; version: number }> {
  const inForce = (await alertsOfIncident(ctx.db, input.id, ctx.now())).map(({ bulletin }) => bulletin.id)
  const unseen = unseenAlerts(inForce, input.alertsLeft)
  if (unseen.length > 0) throw new DomainError('incident_alerts_in_force', { count: unseen.length })
  return closeIncident(ctx, { ...input, alertsLeft: input.alertsLeft.filter((id) => inForce.includes(id)) })
}
