import { dayMillis, instantOf } from '#server/calendars/rules/zoned-days.ts'

export type TimeReader = (text: string) => Date | null

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d(?:[.,]\d+)?))?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/
const parts = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const
/** An `a` (AM or PM) is a part on its own or right behind the time; within a word it is a letter. */
const tokens = /yyyy|MM|dd|HH|hh|mm|ss|(?<=(?:^|[^\p{L}]|hh|mm|ss))a(?!\p{L})/gu

/**
 * Returns a parser for times of a format; null if the format is invalid. A time without a zone is local time of `zone`:
 * if its clocks are put back, some minutes occur twice, and the first is used.
 */
export function timeReader(format: string, zone: string): TimeReader | null {
  if (format === 'iso') return (text) => readIso(text, zone)
  if (format === 'epoch_seconds') return (text) => readEpoch(text, 1000)
  if (format === 'epoch_millis') return (text) => readEpoch(text, 1)
  return patternReader(format, zone)
}

function readEpoch(text: string, unit: number): Date | null {
  return /^\d{1,15}(\.\d+)?$/.test(text) ? validDate(Math.round(Number(text) * unit)) : null
}

function readIso(text: string, zone: string): Date | null {
  const found = iso.exec(text)
  if (!found) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number((part ?? '0').replace(',', '.')))
  return instant({ year, month, day, hour, minute, second }, zone, found[7])
}

function patternReader(pattern: string, zone: string): TimeReader | null {
  const order = [...pattern.matchAll(tokens)].map(([part]) => part)
  const complete = ['yyyy', 'MM', 'dd'].every((part) => order.includes(part)) && new Set(order).size === order.length
  // Twelve hours mean nothing without their half of the day, and 24 hours have none.
  const isClock = order.includes('hh') ? order.includes('a') && !order.includes('HH') : !order.includes('a')
  if (!complete || !isClock) return null
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(tokens, (part) => (part === 'yyyy' ? '(\\d{4})' : part === 'a' ? '([AP]M)' : '(\\d{1,2})'))
  const shape = new RegExp(`^${source}$`, 'i')
  return (text) => {
    const found = shape.exec(text)
    if (!found) return null
    const read = new Map(order.map((part, at) => [part, Number(found[at + 1])]))
    const half = order.includes('a') ? found[order.indexOf('a') + 1] : undefined
    if (half !== undefined) {
      const hour = hourOf(read.get('hh') ?? 0, half)
      if (hour === null) return null
      read.set('HH', hour)
    }
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => read.get(part) ?? 0)
    return instant({ year, month, day, hour, minute, second }, zone)
  }
}

/** The hour of the day: a clock of twelve hours begins at 12. */
function hourOf(twelve: number, half: string): number | null {
  if (twelve < 1 || twelve > 12) return null
  return (twelve % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
}

type WallClock = { year: number; month: number; day: number; hour: number; minute: number; second: number }

function instant({ year, month, day, hour, minute, second }: WallClock, zone: string, offset?: string): Date | null {
  const midnight = Date.UTC(year, month - 1, day)
  const named = new Date(midnight)
  const exists = named.getUTCMonth() === month - 1 && named.getUTCDate() === day
  if (!exists || hour > 23 || minute > 59 || second >= 60) return null
  const minutes = hour * 60 + minute
  if (offset === undefined) return validDate(instantOf(zone, midnight / dayMillis, minutes) + Math.round(second * 1000))
  return validDate(midnight + (minutes - offsetMinutes(offset)) * 60_000 + Math.round(second * 1000))
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(3).replace(':', '') || 0)]
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function validDate(millis: number): Date | null {
  const date = new Date(millis)
  return Number.isNaN(date.getTime()) ? null : date
}
