/**
 * Local days of a time zone, independent of the server's zone. A day is a number: whole days since 1970-01-01 on the
 * zone's own clock, so that neighbours are ±1 and no `Date` in the server's zone is ever involved.
 */

export const minuteMillis = 60_000
export const dayMillis = 86_400_000

const offsetFormats = new Map<string, Intl.DateTimeFormat>()

function offsetFormat(zone: string): Intl.DateTimeFormat {
  let format = offsetFormats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    offsetFormats.set(zone, format)
  }
  return format
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(zone: string, at: number): number {
  const match = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(offsetFormat(zone).format(at))
  if (!match) return 0
  const [, sign, hours, minutes, seconds = '0'] = match
  const millis = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -millis : millis
}

/** The instant at which the zone's clock shows this minute of this day. */
export function instantOf(zone: string, day: number, minute: number): number {
  const wall = day * dayMillis + minute * minuteMillis
  return wall - offsetAt(zone, wall - offsetAt(zone, wall))
}

export function dayOf(zone: string, at: number): number {
  return Math.floor((at + offsetAt(zone, at)) / dayMillis)
}

/** From `yyyy-MM-dd`. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMillis
}

/** 1 Monday … 7 Sunday. */
export function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
