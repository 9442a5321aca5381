import { parseArgs } from 'node:util'
import { SetupError } from '#db/setup-error.ts'

const leastReports = 12_000

export type CityOptions = { reports: number; today: Date; seed: number; reset: boolean }

/** What the demo city is asked to be: --reports N --today YYYY-MM-DD --seed N --reset. */
export function cityOptions(args: string[]): CityOptions {
  const { values } = parseArgs({
    args,
    options: {
      reports: { type: 'string', default: '25000' },
      today: { type: 'string' },
      seed: { type: 'string', default: '1' },
      reset: { type: 'boolean', default: false },
    },
  })
  const reports = wholeNumber('reports', values.reports)
  if (reports < leastReports)
    throw new SetupError(`--reports starts at ${leastReports}: below that the press window does not fit.`)
  return { reports, seed: wholeNumber('seed', values.seed), today: dayOf(values.today), reset: values.reset }
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new SetupError(`--${name} takes a whole number, not ${text}.`)
  return Number(text)
}

/** The last moment of office hours on the day named, or now. */
function dayOf(text: string | undefined): Date {
  if (text === undefined) return new Date()
  const day = new Date(`${text}T17:00:00+07:00`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime())) {
    throw new SetupError(`--today takes a day such as 2024-10-02, not ${text}.`)
  }
  return day
}
