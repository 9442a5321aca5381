import { type Locale, timeZone } from '#messages/locales.ts'

type Parts = { year: string; month: string; day: string; hour: string; minute: string; second: string }

const clockParts = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/**
 * `Intl`'s predefined styles do not give dd/MM/yyyy in Vietnamese, so the parts are assembled here, in the time zone of
 * Hanoi.
 */
function partsOf(at: Date): Parts {
  return Object.fromEntries(clockParts.formatToParts(at).map(({ type, value }) => [type, value])) as Parts
}

export function formatDate(at: Date): string {
  const { day, month, year } = partsOf(at)
  return `${day}/${month}/${year}`
}

export function formatTime(at: Date): string {
  const { hour, minute } = partsOf(at)
  return `${hour}:${minute}`
}

export function formatDateTime(at: Date): string {
  const { day, month, year, hour, minute } = partsOf(at)
  return `${day}/${month}/${year} ${hour}:${minute}`
}

/** The day in Hanoi as a number, so that two instants can be compared by calendar days. */
function dayNumber(at: Date): number {
  const { year, month, day } = partsOf(at)
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 86_400_000
}

const minute = 60_000
const hour = 60 * minute

const languages: Record<Locale, string> = { vi: 'vi-VN', en: 'en-GB' }

function formatsFor(locale: Locale) {
  const language = languages[locale]
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: locale === 'en' ? 'short' : 'long' })
  /** Vietnamese day words come with a capital, but are used within sentences here. */
  const dayInWords = (days: number) => relative.format(days, 'day').toLocaleLowerCase(language)
  const number = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const weekday = new Intl.DateTimeFormat(language, { timeZone, weekday: 'long' })
  const collator = new Intl.Collator(language, { numeric: true })
  const bytes = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })

  return {
    date: formatDate,
    time: formatTime,
    dateTime: formatDateTime,
    /** 24/11 within the year, 24/11/2025 outside it. */
    dayMonth(at: Date, now: Date): string {
      const { day, month, year } = partsOf(at)
      return year === partsOf(now).year ? `${day}/${month}` : `${day}/${month}/${year}`
    },
    weekday: (at: Date) => weekday.format(at),
    /** "3 phút trước", "2 giờ nữa", "hôm qua"; the date from a week's distance on. */
    relative(at: Date, now: Date): string {
      const away = at.getTime() - now.getTime()
      const distance = Math.abs(away)
      if (distance < 45_000) return relative.format(0, 'second')
      if (distance < 59.5 * minute)
        return relative.format(Math.sign(away) * Math.max(1, Math.round(distance / minute)), 'minute')
      const days = dayNumber(at) - dayNumber(now)
      if (days === 0 || distance < 6 * hour) return relative.format(Math.round(away / hour), 'hour')
      return Math.abs(days) < 7 ? dayInWords(days) : formatDate(at)
    },
    /** For narrow columns: the time if today, the day in words if adjacent, else the date. */
    compact(at: Date, now: Date): string {
      const days = dayNumber(at) - dayNumber(now)
      if (days === 0) return formatTime(at)
      return Math.abs(days) === 1 ? dayInWords(days) : this.dayMonth(at, now)
    },
    /** For the narrowest columns: the time if today, else the day and month, and outside the year the year. */
    short(at: Date, now: Date): string {
      if (dayNumber(at) === dayNumber(now)) return formatTime(at)
      const { day, month, year } = partsOf(at)
      return year === partsOf(now).year ? `${day}/${month}` : year
    },
    /** Below a heading that names the day: how long ago if today, else the time. */
    underDay(at: Date, now: Date): string {
      return dayNumber(at) === dayNumber(now) ? this.relative(at, now) : formatTime(at)
    },
    number: (value: number) => number.format(value),
    percent: (share: number) => percent.format(share),
    /** Above the cap the exact figure is not worth its cost: "1.000+". */
    cappedCount: (count: number, cap: number) => (count > cap ? `${number.format(cap)}+` : number.format(count)),
    fileSize: (size: number) =>
      size < 1_000_000 ? `${bytes.format(Math.ceil(size / 1000))} kB` : `${bytes.format(size / 1_000_000)} MB`,
    compare: collator.compare,
  }
}

export type Format = ReturnType<typeof formatsFor>

const made = new Map<Locale, Format>()

/** Dates, times and figures in a language. Creating `Intl` formats is expensive, so each language creates them once. */
export function formatOf(locale: Locale): Format {
  const known = made.get(locale)
  if (known) return known
  const fresh = formatsFor(locale)
  made.set(locale, fresh)
  return fresh
}
