import type { z } from 'zod'
import type { Context } from '#server/accounts/context.ts'
import { areaAt } from '#server/areas/queries.ts'
import { switchTime } from '#server/calendars/rules/deadlines.ts'
import { DomainError } from '#server/platform/errors.ts'
import { normalise } from '#server/platform/rules/text.ts'
import type { categoryInput, incidentInput, placeInput, severityInput, tagsInput } from '../rules/schemas.ts'
import { clockTimeOf } from '../storm.ts'
import { settleSuggestions } from '../suggestions.ts'
import { changeReport, type Desk, type Moved, type Outcome } from './move-report.ts'
import { assertIncident, categoryFor, retarget } from './promises.ts'
import { updateSearch } from './update-search.ts'

const dueBetween = (desk: Desk, before: Date | null) => {
  const after = desk.clocks.deadline().dueAt
  return before?.getTime() === after?.getTime()
    ? {}
    : { dueAt: [before?.toISOString() ?? null, after?.toISOString() ?? null] }
}

export async function changeCategory(ctx: Context, input: z.output<typeof categoryInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { report } = desk
    const category = await categoryFor(desk, input.categoryCode)
    await retarget(desk, { ...report, category })
    return {
      set: { categoryCode: category.code },
      details: { category: [report.categoryCode, category.code], ...dueBetween(desk, report.dueAt) },
    }
  }
  return changeReport(ctx, 'change_category', 'report.category_changed', input, work, { field: 'category' })
}

export async function changeSeverity(ctx: Context, input: z.output<typeof severityInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { report } = desk
    await retarget(desk, { ...report, severity: input.severity })
    return {
      set: { severity: input.severity },
      details: {
        severity: [report.severity, input.severity],
        ...dueBetween(desk, report.dueAt),
        ...(input.reason && { reason: input.reason }),
      },
    }
  }
  return changeReport(ctx, 'change_severity', 'report.severity_changed', input, work, { field: 'severity' })
}

type Place = z.output<typeof placeInput> & {
  /** Where the place is put back to how it was: without a point no area follows. */
  areaId?: number | null
}

/** Address and point; the area follows from the point. */
export async function changePlace(ctx: Context, input: Place): Promise<Moved> {
  const work = async ({ tx, report, now }: Desk): Promise<Outcome> => {
    const area = input.point ? await areaAt(tx, input.point, now) : null
    if (input.point && !area) throw new DomainError('point_outside_city')
    const address = normalise(input.address)
    await updateSearch(tx, [report.id], { address })
    const areaId = area?.id ?? (input.areaId === undefined ? report.areaId : input.areaId)
    return {
      set: { address, areaId, lon: input.point?.lon ?? null, lat: input.point?.lat ?? null },
      details: {
        address: [report.address, address],
        areaId: [report.areaId, areaId],
        point: [report.lon === null ? null : { lon: report.lon, lat: report.lat }, input.point],
      },
    }
  }
  return changeReport(ctx, 'change_place', 'report.place_changed', input, work, { field: 'place' })
}

export async function changeTags(ctx: Context, input: z.output<typeof tagsInput>): Promise<Moved> {
  const work = ({ report }: Desk): Outcome => {
    const tags = [...new Set(input.tags.map(normalise))]
    return { set: { tags }, details: { tags: [report.tags, tags] } }
  }
  return changeReport(ctx, 'change_tags', 'report.tags_changed', input, work, { field: 'tags' })
}

/** Links the report to an incident or takes it out; an urgent one changes to the time its incident runs in. */
export async function linkIncident(ctx: Context, input: z.output<typeof incidentInput>): Promise<Moved> {
  const work = async (desk: Desk): Promise<Outcome> => {
    const { tx, report, clocks, now } = desk
    await assertIncident(tx, input.incidentId)
    await settleSuggestions(tx, ctx, { reportId: report.id, from: report.incidentId, to: input.incidentId })
    const running = clocks.running()
    if (running?.clock.kind === 'resolution') {
      const time = await clockTimeOf(tx, { severity: report.severity, incidentId: input.incidentId }, now)
      clocks.change(running, (clock) => switchTime(clock, time, now))
    }
    return {
      set: { incidentId: input.incidentId },
      details: { incidentId: [report.incidentId, input.incidentId], ...dueBetween(desk, report.dueAt) },
    }
  }
  return changeReport(ctx, 'link_incident', 'report.incident_linked', input, work, { field: 'incident' })
}
