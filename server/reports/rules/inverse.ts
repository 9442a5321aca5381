import { isChange } from '#server/events/rules/changes.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import type { LoggedChange, ReportField } from './field-merge.ts'
import type { Severity } from './lifecycle.ts'
import type { UndoableAct, waysBack } from './undo.ts'

type Point = { lon: number; lat: number }
/** The value to set again, as if the change had never been made. */
type Inverse =
  | { field: 'category'; value: string }
  | { field: 'severity'; value: Severity }
  | { field: 'place'; value: { address: string; point: Point | null; areaId: number | null } }
  | { field: 'tags'; value: string[] }
  | { field: 'incident' | 'assignee'; value: string | null }

type ByLog = { [Act in UndoableAct]: (typeof waysBack)[Act] extends 'undo' ? Act : never }[UndoableAct]

/** Which field each act sets, and the name of its event. */
const setters = {
  change_category: { field: 'category', event: 'report.category_changed' },
  change_severity: { field: 'severity', event: 'report.severity_changed' },
  change_place: { field: 'place', event: 'report.place_changed' },
  change_tags: { field: 'tags', event: 'report.tags_changed' },
  link_incident: { field: 'incident', event: 'report.incident_linked' },
  assign_person: { field: 'assignee', event: 'report.person_assigned' },
} as const satisfies Record<ByLog, { field: ReportField; event: EventName }>
const setting = Object.entries(setters) as [ByLog, (typeof setters)[ByLog]][]

export type Change = { act: ByLog; event: EventName; inverse: Inverse }

/**
 * The change of one field with its inverse; null for what is not undone this way: moves, messages, and side effects.
 */
export function changeIn(logged: LoggedChange): Change | null {
  const found = setting.find(([, { event }]) => event === logged.event)
  return found ? { act: found[0], event: found[1].event, inverse: inverseOf(found[1].field, logged.details) } : null
}

function inverseOf(field: ReportField, details: LoggedChange['details']): Inverse {
  const before = <T>(key: string): T | null => {
    const change = details[key]
    return isChange(change) ? (change[0] as T) : null
  }
  switch (field) {
    case 'category':
      return { field, value: before<string>('category') ?? '' }
    case 'severity':
      return { field, value: before<Severity>('severity') ?? 'normal' }
    case 'place': {
      const [address, point, areaId] = [before<string>('address'), before<Point>('point'), before<number>('areaId')]
      return { field, value: { address: address ?? '', point, areaId } }
    }
    case 'tags':
      return { field, value: before<string[]>('tags') ?? [] }
    case 'incident':
      return { field, value: before<string>('incidentId') }
    case 'assignee':
      return { field, value: before<string>('assigneeId') }
  }
}
