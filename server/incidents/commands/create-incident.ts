import { inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { areas, incidentAreas, incidents } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { agencyInOffice } from '#server/agencies/queries.ts'
import { recordEvent } from '#server/events/commands.ts'
import { changesFromNothing } from '#server/events/rules/changes.ts'
import { DomainError } from '#server/platform/errors.ts'
import { isUnderWay } from '../rules/incident.ts'
import type { CreateIncident } from '../rules/schemas.ts'
import { queueRecomputation } from './queue-recomputation.ts'
import { queueSuggestions } from './queue-suggestions.ts'

export async function createIncident(ctx: Context, { areaIds, ...input }: CreateIncident) {
  const fields = { ...input, subTypes: [...new Set(input.subTypes)], keywords: [...new Set(input.keywords)] }
  if (!mayUse(ctx.actor, 'incidents.edit')) throw new DomainError('forbidden')
  if (fields.stormMode && !isUnderWay(fields, ctx.now())) throw new DomainError('incident_not_under_way')
  return ctx.db.transaction(async (tx) => {
    if (fields.leadAgencyId !== null) await agencyInOffice(tx, fields.leadAgencyId, ctx.now())
    const [incident] = await tx.insert(incidents).values(fields).returning({ id: incidents.id })
    if (!incident) throw new Error('no incident was written')
    await writeAreas(tx, incident.id, areaIds)
    await recordEvent(tx, ctx, {
      event: 'incident.created',
      subject: { kind: 'incident', id: incident.id },
      version: 1,
      details: changesFromNothing({ ...fields, areaIds }),
    })
    await queueSuggestions(tx, incident.id)
    if (fields.stormMode) await queueRecomputation(tx, { id: incident.id, endsAt: fields.endsAt }, ctx.now())
    return { id: incident.id, version: 1 }
  })
}

/** Links the incident to areas that exist. */
export async function writeAreas(tx: Transaction, incidentId: string, areaIds: readonly number[]): Promise<void> {
  const ids = [...new Set(areaIds)]
  if (ids.length === 0) return
  const known = await tx.select({ id: areas.id }).from(areas).where(inArray(areas.id, ids))
  if (known.length < ids.length) throw new DomainError('not_found', { subject: 'area' })
  await tx.insert(incidentAreas).values(ids.map((areaId) => ({ incidentId, areaId })))
}
