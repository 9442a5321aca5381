/**
 * One text for all equal ones, as figures of hundreds of days are kept in memory: the one in `known`, or a copy that is
 * put there. It is a copy because a part of a longer text, as `split` returns it, would keep all of that in memory.
 */
export function sharedText(text: string, known: Map<string, string>): string {
  const same = known.get(text)
  if (same !== undefined) return same
  const copy = Buffer.from(text).toString()
  known.set(copy, copy)
  return copy
}
