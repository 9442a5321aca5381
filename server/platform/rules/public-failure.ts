import { isOwnDigest, readDigest } from './digest.ts'

type Refusal = { code: string; details: Readonly<Record<string, unknown>> }

/**
 * What went wrong, told apart by what the person can do about it: the line is down, the desk is away for a while, the
 * right is missing, there is no such thing, what was sent cannot be read, it was understood and refused, the server has
 * a defect, or the page has one.
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
  /** Leads to the one line of the log that tells of this defect. */
  fault?: string
  /** For its sentence. */
  refusal?: Refusal
}

/** Refusals that no rule gave; whatever else was refused, a rule refused. */
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
 * Of an error as it comes from a procedure, from a page that the server was to draw, from the browser's own requests,
 * or from a script.
 */
export function failureOf(error: unknown): PublicFailure {
  if (typeof error !== 'object' || error === null) return { kind: 'script' }
  const { name, message = '', digest, cause } = error as Partial<Error> & { digest?: unknown }
  if (typeof digest === 'string') return ofDigest(digest)
  if (name === 'CodeMissing' || name === 'ChunkLoadError') return { kind: 'unreachable' }
  if (name === 'TRPCClientError') return ofAnswer(error as Answer, message, cause)
  return { kind: ofLine.test(message) ? 'unreachable' : 'script' }
}

/** As each browser says it, and tRPC of an answer that breaks off. */
const ofLine =
  /failed to fetch|networkerror|network error|load failed|network connection|stream (?:interrupted|closed)/i

/** What a refusal amounts to. */
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
  // Without an answer of ours: none came, it broke off, or what stands between gave one.
  const status = meta?.response?.status
  if (status === undefined) {
    // A page in place of an answer is that of a proxy that finds no desk.
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
