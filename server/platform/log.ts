import pino from 'pino'
import { loggedError } from './logged-error.ts'

/** One line of JSON per entry. Never personal data: ids, codes and counts only. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: null,
  serializers: { err: loggedError },
})
