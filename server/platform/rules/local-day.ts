/** Hanoi has kept seven hours ahead of UTC, without summer time, since 1975. */
const aheadOfUtc = 7 * 3_600_000
const dayLength = 86_400_000

/** A local day as `yyyy-mm-dd`: compares and sorts as text. */
export type LocalDay = string

/** The day on Hanoi's clocks at an instant. */
export function localDayOf(at: Date): LocalDay {
  return new Date(at.getTime() + aheadOfUtc).toISOString().slice(0, 10)
}

/** An instant as other programs read it, on Hanoi's clocks: `2026-11-25T07:30:00+07:00`. */
export function isoInHanoi(at: Date): string {
  return `${new Date(at.getTime() + aheadOfUtc).toISOString().slice(0, 19)}+07:00`
}

/** The instant at which a local day begins. */
export function startOfDay(day: LocalDay): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - aheadOfUtc)
}

export function dayAfter(day: LocalDay, days = 1): LocalDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)
}

type Span = { validFrom: LocalDay | null; validTo: LocalDay | null }

/** Whether something valid from one day to another, both included, is valid on this day. */
export function isValidOn({ validFrom, validTo }: Span, day: LocalDay): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)
}
