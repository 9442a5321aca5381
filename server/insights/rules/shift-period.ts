import { dayAfter, type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { type Period, periodPresets } from './filters.ts'
import { resolvePeriod } from './period.ts'

/**
 * The period of the same kind before or after this one: whole months move by months, everything else by its number of
 * days. Null where it would begin in the future. A period that reaches the present becomes a preset again, so that it
 * continues to move with the calendar.
 */
export function shiftPeriod(period: Period, direction: -1 | 1, now: Date): Period | null {
  if (period === 'launch') return null
  const { fromDay, toDay } = daysOf(period, now)
  const today = localDayOf(now)
  const [from, to] = shifted(fromDay, toDay, direction)
  if (from > today) return null
  const named = periodPresets.find((preset) => {
    const days = daysOf(preset, now)
    return preset !== 'launch' && days.toDay >= today && days.fromDay === from && days.toDay === to
  })
  return named ?? { from, to }
}

const daysOf = (period: Period, now: Date) => resolvePeriod({ period, compare: 'none' }, now)

function shifted(from: LocalDay, to: LocalDay, direction: -1 | 1): [LocalDay, LocalDay] {
  const next = dayAfter(to)
  if (from.endsWith('-01') && next.endsWith('-01')) {
    const months = monthOf(next) - monthOf(from)
    return [firstOf(monthOf(from) + direction * months), dayAfter(firstOf(monthOf(next) + direction * months), -1)]
  }
  const days = (Date.parse(next) - Date.parse(from)) / 86_400_000
  return [dayAfter(from, direction * days), dayAfter(to, direction * days)]
}

const monthOf = (day: LocalDay): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
const firstOf = (month: number): LocalDay => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
