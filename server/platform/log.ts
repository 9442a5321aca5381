import pino from 'pino'
import { loggedError } from './logged-error.ts'

/** One line of JSON per entry. Never personal data: ids, codes and counts only. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: null,
  serializers: { err: loggedError },
})

/** What was no refusal of a rule: a defect is an error; what the request or the surroundings caused is told more quietly. */
export function logFailure(code: string, entry: { err: unknown } & Record<string, unknown>, message: string): void {
  if (code === 'defect') log.error(entry, message)
  else log.warn({ ...entry, code }, message)
}
