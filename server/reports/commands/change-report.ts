import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { areaAt, areaInForce } from '#server/areas/queries.ts'
import { DomainError } from '#server/platform/errors.ts'
import { normalise } from '#server/platform/rules/text.ts'
import type { categoryInput, incidentInput, placeInput, severityInput, tagsInput } from '../rules/schemas.ts'
import { settleSuggestions } from '../suggestions.ts'
import { changeReport, type Desk, type Moved, type Outcome } from './move-report.ts'
import { alteringPromise, assertIncident, categoryFor, retarget } from './promises.ts'
import { updateSearch } from './update-search.ts'

export async function changeCategory(ctx: Context, input: z.output<typeof categoryInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { report } = desk
    const category = await categoryFor(desk, input.categoryCode)
    const { details, kept } = await alteringPromise(desk, () => retarget(desk, { ...report, category }))
    return {
      set: { categoryCode: category.code },
      details: { category: [report.categoryCode, category.code], ...details },
      kept,
    }
  }
  return changeReport(ctx, 'change_category', 'report.category_changed', input, work, { field: 'category' })
}

export async function changeSeverity(ctx: Context, input: z.output<typeof severityInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { report } = desk
    const { severity } = input
    const { details, kept } = await alteringPromise(desk, () => retarget(desk, { ...report, severity }))
    return {
      set: { severity },
      details: { severity: [report.severity, severity], ...details, ...(input.reason && { reason: input.reason }) },
      kept,
    }
  }
  return changeReport(ctx, 'change_severity', 'report.severity_changed', input, work, { field: 'severity' })
}

/** Changes address, point and commune. A commune that is not chosen follows from the point where that is new. */
export async function changePlace(ctx: Context, input: z.output<typeof placeInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { tx, report, now } = desk
    const { point } = input
    const below = point && (await areaAt(tx, point, now))
    if (point && !below) throw new DomainError('point_outside_city')
    const { areaId: chosen } = input
    // One that was abolished since may stay.
    if (chosen && chosen !== report.areaId) await areaInForce(tx, chosen, now)
    const isMoved = point !== null && (point.lon !== report.lon || point.lat !== report.lat)
    const areaId = chosen ?? (isMoved ? (below?.id ?? null) : (report.areaId ?? below?.id ?? null))
    return setPlace(desk, { address: normalise(input.address), areaId, point })
  }
  return changeReport(ctx, 'change_place', 'report.place_changed', input, work, { field: 'place' })
}

export type Place = { address: string; areaId: number | null; point: z.output<typeof placeInput>['point'] }

export async function setPlace({ tx, report }: Desk, { address, areaId, point }: Place): Promise<Outcome> {
  await updateSearch(tx, [report.id], { address })
  return {
    set: { address, areaId, lon: point?.lon ?? null, lat: point?.lat ?? null },
    details: {
      address: [report.address, address],
      areaId: [report.areaId, areaId],
      point: [report.lon === null ? null : { lon: report.lon, lat: report.lat }, point],
    },
  }
}

export async function changeTags(ctx: Context, input: z.output<typeof tagsInput>): Promise<Moved> {
  const work = ({ report }: Desk): Outcome => {
    const tags = [...new Set(input.tags.map(normalise))]
    return { set: { tags }, details: { tags: [report.tags, tags] } }
  }
  return changeReport(ctx, 'change_tags', 'report.tags_changed', input, work, { field: 'tags' })
}

/**
 * Links the report to an incident or unlinks it; the clock of an urgent report switches to the time of its incident.
 */
export async function linkIncident(ctx: Context, input: z.output<typeof incidentInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { tx, report } = desk
    const { incidentId } = input
    await assertIncident(tx, incidentId)
    const suggestions = await settleSuggestions(tx, ctx, {
      reportId: report.id,
      from: report.incidentId,
      to: incidentId,
    })
    const { details, kept } = await alteringPromise(desk, () => retarget(desk, { ...report, incidentId }))
    return {
      set: { incidentId },
      details: { incidentId: [report.incidentId, incidentId], ...details },
      kept: { ...kept, suggestions },
    }
  }
  return changeReport(ctx, 'link_incident', 'report.incident_linked', input, work, { field: 'incident' })
}
