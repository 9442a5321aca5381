import { isChange } from '#server/events/rules/changes.ts'
import type { LoggedChange } from './field-merge.ts'
import type { Severity } from './lifecycle.ts'

type Point = { lon: number; lat: number }
/** The value to set again, so that it is as if the change had never been. */
type Inverse =
  | { field: 'category'; value: string }
  | { field: 'severity'; value: Severity }
  | { field: 'place'; value: { address: string; point: Point | null; areaId: number | null } }
  | { field: 'tags'; value: string[] }
  | { field: 'incident' | 'assignee'; value: string | null }

/** What undoes a change of one field; null for whatever is not undone so: moves, words, and what happened by the way. */
export function inverseOf({ event, details }: LoggedChange): Inverse | null {
  const before = <T>(key: string): T | null => {
    const change = details[key]
    return isChange(change) ? (change[0] as T) : null
  }
  switch (event) {
    case 'report.category_changed':
      return { field: 'category', value: before<string>('category') ?? '' }
    case 'report.severity_changed':
      return { field: 'severity', value: before<Severity>('severity') ?? 'normal' }
    case 'report.place_changed': {
      const value = {
        address: before<string>('address') ?? '',
        point: before<Point>('point'),
        areaId: before<number>('areaId'),
      }
      return { field: 'place', value }
    }
    case 'report.tags_changed':
      return { field: 'tags', value: before<string[]>('tags') ?? [] }
    case 'report.incident_linked':
      return { field: 'incident', value: before<string>('incidentId') }
    case 'report.person_assigned':
      return { field: 'assignee', value: before<string>('assigneeId') }
    default:
      return null
  }
}
