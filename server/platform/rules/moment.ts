import * as z from 'zod/mini'

/**
 * All data of the desk is within these years. Calendars and boards iterate day by day, and would iterate over the
 * hundreds of thousands of years that a `Date` can hold.
 */
const [firstYear, lastYear] = [1900, 2199]
const earliest = new Date(Date.UTC(firstYear, 0, 1))
const latest = new Date(Date.UTC(lastYear + 1, 0, 1) - 1)

const isWithin = (text: string): boolean => {
  const year = Number(text.slice(0, 4))
  return year >= firstYear && year <= lastYear
}

/** An instant, as a form sends it. */
export const moment = (missing?: string) =>
  z.date(missing).check(z.minimum(earliest, 'bad_date'), z.maximum(latest, 'bad_date'))

/** An instant written as a text. */
export const writtenMoment = () => z.iso.datetime().check(z.refine(isWithin, 'bad_date'))

/** A day of the calendar: `2026-03-02`. */
export const calendarDay = (malformed?: string) => z.iso.date(malformed).check(z.refine(isWithin, 'bad_date'))
