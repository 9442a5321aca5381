type ByteRange = { start: number; end: number }

/**
 * The part of a file that a `Range` header asks for, both ends included. Null: it asks for none, for several, for more
 * than is given at once, or for what lies behind the end.
 */
export function byteRange(header: string | undefined, size: number, most: number): ByteRange | null {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined) return null
  const [start, end] = [Number(from), Math.min(Number(to), size - 1)]
  return start <= end && end - start < most ? { start, end } : null
}
