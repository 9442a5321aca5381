import { hostname } from 'node:os'
import pino from 'pino'
import { DomainError } from './errors.ts'
import { newFault } from './fault.ts'
import { loggedError } from './logged-error.ts'

export type Role = 'desk' | 'worker'

/** Next bundles its own copy of this module: what the process is for is told once for both. */
const shared = globalThis as { ihanoiDeskRole?: Role }

/** One line of JSON per entry, with the process that wrote it. Never personal data: ids, codes and counts only. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { host: hostname(), pid: process.pid },
  mixin: () => (shared.ihanoiDeskRole ? { role: shared.ihanoiDeskRole } : {}),
  serializers: { err: loggedError },
})

/** What this process is for, in each line from now on. */
export function logAs(role: Role): void {
  shared.ihanoiDeskRole = role
}

type Entry = { err: unknown } & Record<string, unknown>

/**
 * What was no refusal of a rule: a defect is an error; what the request or the surroundings caused is told more
 * quietly. Gives the refusal as it is told outside: a defect under the code by which its line is found here.
 */
export function logFailure(refusal: DomainError, entry: Entry, message: string): DomainError {
  const { code } = refusal
  if (code !== 'defect') {
    log.warn({ ...entry, code }, message)
    return refusal
  }
  const fault = newFault()
  log.error({ ...entry, fault }, message)
  return new DomainError(code, { fault })
}
