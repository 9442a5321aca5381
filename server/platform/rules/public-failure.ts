import { isOwnDigest, readDigest } from './digest.ts'

type Refusal = { code: string; details: Readonly<Record<string, unknown>> }

/**
 * What went wrong, by what the user can do about it: the connection is down, the desk is unavailable for a while, a
 * permission is missing, there is no such thing, the input cannot be read, the request was understood and refused, the
 * server has a defect, or the page has one.
 */
export const failureKinds = [
  'unreachable',
  'away',
  'forbidden',
  'missing',
  'input',
  'refused',
  'defect',
  'script',
] as const
export type FailureKind = (typeof failureKinds)[number]

export type PublicFailure = {
  kind: FailureKind
  /** The code of the log line of this defect. */
  fault?: string
  /** For its message. */
  refusal?: Refusal
}

/** Refusals that do not come from a rule; all others do. */
const byCode: Readonly<Record<string, FailureKind>> = {
  forbidden: 'forbidden',
  not_found: 'missing',
  bad_input: 'input',
  unavailable: 'away',
  storage_full: 'away',
  busy: 'away',
  database_busy: 'away',
  too_slow: 'away',
  defect: 'defect',
  unreachable: 'unreachable',
}

/**
 * Classifies an error from a procedure, from the rendering of a page on the server, from the browser's own requests, or
 * from a script.
 */
export function failureOf(error: unknown): PublicFailure {
  if (typeof error !== 'object' || error === null) return { kind: 'script' }
  const { name, message = '', digest, cause } = error as Partial<Error> & { digest?: unknown }
  if (typeof digest === 'string') return ofDigest(digest)
  if (name === 'CodeMissing' || name === 'ChunkLoadError') return { kind: 'unreachable' }
  if (name === 'TRPCClientError') return ofAnswer(error as Answer, message, cause)
  return { kind: ofLine.test(message) ? 'unreachable' : 'script' }
}

/** The messages of the browsers, and tRPC's message for an interrupted response. */
const ofLine =
  /failed to fetch|networkerror|network error|load failed|network connection|stream (?:interrupted|closed)/i

/** The kind of failure of a refusal. */
export function failureOfRefusal(refusal: Refusal): PublicFailure {
  const kind = byCode[refusal.code] ?? 'refused'
  const { fault } = refusal.details
  return { kind, ...(typeof fault === 'string' && { fault }), refusal }
}

type Answer = {
  data?: { refusal?: Refusal | undefined; httpStatus?: number } | null
  meta?: { response?: { status?: number } }
}

function ofAnswer({ data, meta }: Answer, message: string, cause: unknown): PublicFailure {
  if (data?.refusal) return failureOfRefusal(data.refusal)
  if (data) return { kind: Number(data.httpStatus) < 500 ? 'input' : 'defect' }
  // Not our response: none arrived, it was interrupted, or a proxy in between sent it.
  const status = meta?.response?.status
  if (status === undefined) {
    // An HTML page instead of JSON comes from a proxy that cannot reach the desk.
    if (cause instanceof SyntaxError) return { kind: 'away' }
    return { kind: cause instanceof TypeError || ofLine.test(message) ? 'unreachable' : 'script' }
  }
  return { kind: status < 400 ? 'unreachable' : status < 500 ? 'input' : 'away' }
}

function ofDigest(digest: string): PublicFailure {
  if (!isOwnDigest(digest)) return { kind: 'defect', fault: digest }
  const { code, fault } = readDigest(digest)
  return failureOfRefusal({ code, details: fault ? { fault } : {} })
}
