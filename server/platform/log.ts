import { hostname } from 'node:os'
import pino from 'pino'
import { DomainError } from './errors.ts'
import { newFault } from './fault.ts'
import { loggedError } from './logged-error.ts'

export type Role = 'desk' | 'worker'

/** Next bundles its own copy of this module: both copies share the role of the process. */
const shared = globalThis as { ihanoiDeskRole?: Role }

/** One line of JSON per entry, with the process that wrote it. Never personal data: ids, codes and counts only. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { host: hostname(), pid: process.pid },
  mixin: () => (shared.ihanoiDeskRole ? { role: shared.ihanoiDeskRole } : {}),
  serializers: { err: loggedError },
})

/** Sets the role of this process, which every later line of the log carries. */
export function logAs(role: Role): void {
  shared.ihanoiDeskRole = role
}

type Entry = { err: unknown } & Record<string, unknown>

/**
 * Logs a failure that is not a refusal of a rule: a defect as an error; what the request or the environment caused at a
 * lower level. Returns the refusal as it is sent to the client: a defect carries the code that finds its line in the
 * log.
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
