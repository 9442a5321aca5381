import { parseArgs } from 'node:util'
import { SetupError } from '#db/setup-error.ts'

const leastReports = 12_000

export type CityOptions = { reports?: number; seed?: number; today: Date; reset: boolean }

/** Options of the demo city: --reports N --today YYYY-MM-DD --seed N --reset. */
export function cityOptions(args: string[]): CityOptions {
  const text = { type: 'string' } as const
  const options = { reports: text, seed: text, today: text, reset: { type: 'boolean', default: false } } as const
  const { values } = parseArgs({ args, options })
  const reports = wholeNumber('reports', values.reports)
  if (reports !== undefined && reports < leastReports) {
    throw new SetupError(`--reports starts at ${leastReports}: below that the press window does not fit.`)
  }
  return { reports, seed: wholeNumber('seed', values.seed), today: dayOf(values.today), reset: values.reset }
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new SetupError(`--${name} takes a whole number, not ${text}.`)
  return Number(text)
}

/** The end of office hours on the given day, or now. */
function dayOf(text: string | undefined): Date {
  if (text === undefined) return new Date()
  const day = new Date(`${text}T17:00:00+07:00`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime())) {
    throw new SetupError(`--today takes a day such as 2024-10-02, not ${text}.`)
  }
  return day
}
