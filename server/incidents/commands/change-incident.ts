import { eq } from 'drizzle-orm'
import { incidentAreas, incidents } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { agencyInOffice } from '#server/agencies/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, isUnchanged } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { lockIncident } from '../queries.ts'
import { isClosed } from '../rules/incident.ts'
import type { ChangeIncident } from '../rules/schemas.ts'
import { writeAreas } from './create-incident.ts'
import { queueRecomputation } from './queue-recomputation.ts'
import { queueSuggestions } from './queue-suggestions.ts'

const matcherFields = ['startsAt', 'endsAt', 'areaIds', 'subTypes', 'keywords'] as const

/** Edits everything except emergency mode, which has a separate switch because it moves deadlines. */
export async function changeIncident(ctx: Context, { id, version: seen, ...fields }: ChangeIncident) {
  if (!mayUse(ctx.actor, 'incidents.edit')) throw new DomainError('forbidden')
  return ctx.db.transaction(async (tx) => {
    const incident = await lockIncident(tx, id)
    const subject = { kind: 'incident', id } as const
    if (incident.version !== seen) throw await conflictOver(tx, subject, incident.version)
    if (isClosed(incident)) throw new DomainError('incident_closed')
    if (fields.leadAgencyId !== null && fields.leadAgencyId !== incident.leadAgencyId) {
      await agencyInOffice(tx, fields.leadAgencyId, ctx.now())
    }
    const { areaIds, ...columns } = {
      ...fields,
      areaIds: [...new Set(fields.areaIds)].sort((a, b) => a - b),
      subTypes: [...new Set(fields.subTypes)],
      keywords: [...new Set(fields.keywords)],
    }
    const changes = changesBetween(incident, { ...columns, areaIds })
    if (isUnchanged(changes)) return { id, version: incident.version }
    const version = incident.version + 1
    await tx
      .update(incidents)
      .set({ ...columns, version })
      .where(eq(incidents.id, id))
    if (changes.areaIds) {
      await tx.delete(incidentAreas).where(eq(incidentAreas.incidentId, id))
      await writeAreas(tx, id, areaIds)
    }
    await recordEvent(tx, ctx, { event: 'incident.changed', subject, version, details: changes })
    if (matcherFields.some((field) => changes[field])) await queueSuggestions(tx, id)
    // Clocks run day and night only while the incident is under way: another span may start or stop that.
    if (incident.stormMode && (changes.startsAt || changes.endsAt)) {
      await queueRecomputation(tx, { id, endsAt: columns.endsAt }, ctx.now())
    }
    return { id, version }
  })
}
