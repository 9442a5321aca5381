/** Hanoi has kept seven hours ahead of UTC, without summer time, since 1975. */
export const hoursAheadOfUtc = 7
export const aheadOfUtc = hoursAheadOfUtc * 3_600_000
const dayLength = 86_400_000

/** A local day as `yyyy-mm-dd`: compares and sorts as text. */
export type LocalDay = string

/** A date whose UTC parts are what Hanoi's clocks show at an instant. */
export const localParts = (at: Date): Date => new Date(at.getTime() + aheadOfUtc)

/** The day on Hanoi's clocks at an instant. */
export const localDayOf = (at: Date): LocalDay => localParts(at).toISOString().slice(0, 10)

/** The same as a number, days since 1970, of an instant in milliseconds: neighbours are one apart. */
export const localDayNumber = (at: number): number => Math.floor((at + aheadOfUtc) / dayLength)

/** An instant as other programs read it, on Hanoi's clocks: `2026-11-25T07:30:00+07:00`. */
export function isoInHanoi(at: Date): string {
  return `${localParts(at).toISOString().slice(0, 19)}+07:00`
}

/** An instant on Hanoi's clocks as text, in both languages: `25/11/2026 07:30`. */
export function writtenMomentOf(at: Date): string {
  const written = isoInHanoi(at)
  return `${written.slice(0, 10).split('-').reverse().join('/')} ${written.slice(11, 16)}`
}

/** The instant at which a local day begins. */
export function startOfDay(day: LocalDay): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - aheadOfUtc)
}

/** The instant at which Hanoi's clocks show this time, `HH:mm`, on this day. */
export const instantAt = (day: LocalDay, time: string): Date => new Date(`${day}T${time}:00+07:00`)

export function dayAfter(day: LocalDay, days = 1): LocalDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)
}

type Span = { validFrom: LocalDay | null; validTo: LocalDay | null }

/** Whether something valid from one day to another, both included, is valid on this day. */
export function isValidOn({ validFrom, validTo }: Span, day: LocalDay): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)
}
