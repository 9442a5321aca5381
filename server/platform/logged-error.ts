/** What a log keeps of an error, and of what caused it. */
type LoggedError = {
  type: string
  message: string
  code?: string
  constraint?: string
  stack?: string
  cause?: LoggedError
}

/**
 * An error without the values it happened with: a statement that fails names those it was sent with, and PostgreSQL
 * repeats the one it could not read. Citizens' names and words are among them.
 */
export function loggedError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' }
  const {
    code,
    constraint_name: constraint,
    query,
  } = error as { code?: unknown; constraint_name?: unknown; query?: unknown }
  const hasValues = 'params' in error && typeof query === 'string'
  const isOfValue = typeof code === 'string' && /^22\w{3}$/.test(code)
  return {
    type: error.constructor.name,
    message: hasValues
      ? `Failed query: ${query.slice(0, longestQuery)}`
      : isOfValue
        ? 'a value was not taken'
        : error.message,
    ...(typeof code === 'string' && { code }),
    ...(typeof constraint === 'string' && { constraint }),
    stack: framesOf(error),
    ...(error.cause !== undefined && { cause: loggedError(error.cause) }),
  }
}

/** A statement that writes thousands of rows is as long as they are. */
const longestQuery = 2000

/** Where it happened; the lines before the first of these repeat the message. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
