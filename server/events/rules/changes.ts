/**
 * What an edit changed, field by field, as [before, after]: the details of its event, shown in the log and in
 * conflicts.
 */
export type Changes = Record<string, [from: unknown, to: unknown]>

/**
 * The fields of `after` that differ from those of `before`. Instants compare by moment, lists and objects by content.
 */
export function changesBetween<T extends object>(before: T, after: Partial<T>): Changes {
  const changes: Changes = {}
  for (const key of Object.keys(after) as (keyof T & string)[]) {
    const [from, to] = [plain(before[key]), plain(after[key])]
    if (canonical(from) !== canonical(to)) changes[key] = [from, to]
  }
  return changes
}

/** The first values of something new: every field is a change from null. */
export const changesFromNothing = (values: object): Changes => changesBetween({}, values)

/** Whether a detail of an event is a change rather than a plain value. */
export const isChange = (detail: unknown): detail is [from: unknown, to: unknown] =>
  Array.isArray(detail) && detail.length === 2

export const isUnchanged = (changes: Changes): boolean => Object.keys(changes).length === 0

/** JSON with sorted keys, so that equal contents give equal text whatever wrote them. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) {
    const entries = Object.entries(value).filter(([, content]) => content !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, content]) => `${JSON.stringify(key)}:${canonical(content)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

function plain(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value === undefined ? null : value
}
