/** 480 → "08:00". The end of the day is 24:00. */
export function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** "08:00" or "8:00" → 480; `NaN` for what is no time of day. */
export function minuteOf(text: string): number {
  const match = /^(\d{1,2}):([0-5]\d)$/.exec(text.trim())
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
  return minute <= 1440 ? minute : Number.NaN
}

export const intervalText = ([from, to]: readonly [number, number]): string => `${clockText(from)}–${clockText(to)}`

/** A local day `yyyy-MM-dd` in the order in which people read it. */
export function dayText(day: string): string {
  const [year, month, date] = day.split('-')
  return `${date}/${month}/${year}`
}
