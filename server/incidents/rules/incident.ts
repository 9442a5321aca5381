export const incidentKinds = ['storm', 'flood', 'heat', 'fire', 'epidemic', 'outage', 'event', 'other'] as const
export type IncidentKind = (typeof incidentKinds)[number]

/** Where an incident stands: as the list says it, and is narrowed by it. */
export const incidentStates = ['planned', 'under_way', 'ended', 'closed'] as const
export type IncidentState = (typeof incidentStates)[number]

/** An incident under way at an instant. The end is exclusive. */
export function isUnderWay(incident: { startsAt: Date; endsAt: Date | null }, at: Date): boolean {
  return incident.startsAt <= at && (incident.endsAt === null || at < incident.endsAt)
}

/** Whether the desk has put it away: it looks out for no more reports, and what it came to is told. */
export const isClosed = (incident: { closedAt: Date | null }): boolean => incident.closedAt !== null

export const suggestionStatuses = ['pending', 'confirmed', 'dismissed'] as const
