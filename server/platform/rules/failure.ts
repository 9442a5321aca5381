import { DomainError } from '../errors.ts'

/**
 * What went wrong when no rule refused anything: who can fix it, and whether the same request may be sent again.
 */
export type Failure =
  | 'bad_input'
  | 'not_found'
  | 'conflict'
  | 'unavailable'
  | 'storage_full'
  | 'busy'
  | 'database_busy'
  | 'too_slow'
  | 'defect'

/** Nothing of the request was stored, so the client may send it again. */
export const isRetryable = (code: string): boolean =>
  ['unavailable', 'storage_full', 'busy', 'database_busy', 'too_slow'].includes(code)

/** How long a browser waits before it retries automatically. */
export const retryAfterSeconds = 5

/** Headers of every refusal: it is not cached, and a retryable one says when to retry. */
export function refusalHeaders({ code, details }: Pick<DomainError, 'code' | 'details'>): Record<string, string> {
  const seconds = typeof details.seconds === 'number' ? details.seconds : isRetryable(code) ? retryAfterSeconds : null
  return { 'cache-control': 'no-store', ...(seconds !== null && { 'retry-after': String(seconds) }) }
}

type Thrown = { code?: unknown; severity?: unknown; cause?: unknown; name?: unknown }

/**
 * Maps anything thrown to a refusal. Procedures, endpoints and pages all use it, so that they report the same failure
 * in the same way. A refusal of a rule is returned unchanged.
 */
export function refusalFor(thrown: unknown): DomainError {
  for (const error of causesOf(thrown)) {
    if (error instanceof DomainError) return error
    const failure = failureOf(error)
    if (failure !== 'defect') return new DomainError(failure)
  }
  return new DomainError('defect')
}

/** The outermost first: drizzle and tRPC wrap what they pass on. */
function causesOf(thrown: unknown): unknown[] {
  const found: unknown[] = []
  for (let error = thrown; error && found.length < 8; error = (error as Thrown).cause) found.push(error)
  return found
}

function failureOf(error: unknown): Failure {
  const { code, severity } = error as Thrown
  if (error instanceof URIError) return 'bad_input'
  if (typeof code !== 'string') return 'defect'
  if (severity === 'FATAL') return 'unavailable'
  if (typeof severity === 'string') return ofState(code)
  return ofSystem[code] ?? 'defect'
}

const ofState = (state: string): Failure => states[state] ?? classes[state.slice(0, 2)] ?? 'defect'

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const states: Readonly<Record<string, Failure>> = {
  /** A division by zero is our own fault. */
  '22012': 'defect',
  /** The request names something that does not exist. */
  '23503': 'not_found',
  /** Another transaction wrote the same at the same moment. */
  '23505': 'conflict',
  '25006': 'unavailable',
  '40001': 'busy',
  '40P01': 'busy',
  '53100': 'storage_full',
  '55P03': 'busy',
  '57014': 'too_slow',
}

const classes: Readonly<Record<string, Failure>> = {
  '08': 'unavailable',
  /** A value that the column, the function or the encoding cannot hold. */
  '22': 'bad_input',
  '53': 'unavailable',
  /** Too long or too deeply nested to be processed. */
  '54': 'bad_input',
  '57': 'unavailable',
}

/** Code of a file store that does not answer, or answers incorrectly. */
export const storeAway = 'STORE_AWAY'

/** Code of a pool in which no connection became free in time. */
export const poolBusy = 'POOL_BUSY'

/** By the error codes of Node, of the database client and of the file store. */
const ofSystem: Readonly<Record<string, Failure>> = {
  ERR_INVALID_URL: 'bad_input',
  MAX_PARAMETERS_EXCEEDED: 'bad_input',
  ENOSPC: 'storage_full',
  EDQUOT: 'storage_full',
  CONNECT_TIMEOUT: 'unavailable',
  CONNECTION_CLOSED: 'unavailable',
  CONNECTION_DESTROYED: 'unavailable',
  CONNECTION_ENDED: 'unavailable',
  ECONNREFUSED: 'unavailable',
  ECONNRESET: 'unavailable',
  EHOSTUNREACH: 'unavailable',
  ENETUNREACH: 'unavailable',
  ENOTFOUND: 'unavailable',
  EAI_AGAIN: 'unavailable',
  EPIPE: 'unavailable',
  ETIMEDOUT: 'unavailable',
  [storeAway]: 'unavailable',
  [poolBusy]: 'database_busy',
}
