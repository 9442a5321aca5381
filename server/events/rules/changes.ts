import type { DetailField } from './detail-fields.ts'

/**
 * What an edit changed, field by field, as [before, after]: the details of its event, shown in the log and in
 * conflicts.
 */
export type Changes = { [Field in DetailField]?: Pair }
type Pair = [from: unknown, to: unknown]

/** An object of which the log has words for every field. */
export type Named<T extends object> = Exclude<keyof T, DetailField> extends never ? T : never

/**
 * The fields of `after` that differ from those of `before`. Instants compare by moment, lists and objects by content.
 */
export const changesBetween = <After extends object>(before: object, after: After & Named<After>): Changes =>
  differencesBetween(before, after)

/** The same for content that is not recorded. */
export function differencesBetween(before: object, after: object): Record<string, Pair> {
  const values = new Map<string, unknown>(Object.entries(before))
  const found: Record<string, Pair> = {}
  for (const [key, value] of Object.entries(after)) {
    const [from, to] = [plain(values.get(key)), plain(value)]
    if (canonical(from) !== canonical(to)) found[key] = [from, to]
  }
  return found
}

/** The first values of something new: every field is a change from null. */
export const changesFromNothing = <Values extends object>(values: Values & Named<Values>): Changes =>
  differencesBetween({}, values)

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
