import { type EventFilter, eventFilter } from '#server/events/rules/filter.ts'

/** The filter that an address holds. What does not fit is left out: an old link still opens. */
export function filterOf(parameters: Record<string, string | string[] | undefined>): EventFilter {
  const kept: Record<string, string> = {}
  for (const key of Object.keys(eventFilter.shape)) {
    const value = parameters[key]
    if (typeof value !== 'string' || value === '') continue
    const field = eventFilter.shape[key as keyof typeof eventFilter.shape]
    if (field.safeParse(value).success) kept[key] = value
  }
  return eventFilter.parse(kept)
}

/** The address of the log under this filter. */
export function logAddress(filter: EventFilter): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(filter)) if (value) query.set(key, value)
  const text = query.toString()
  return text ? `/admin/events?${text}` : '/admin/events'
}
