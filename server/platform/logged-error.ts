/** What the log records of an error and of its cause. */
type LoggedError = {
  type: string
  message: string
  code?: string
  constraint?: string
  stack?: string
  cause?: LoggedError
}

/**
 * An error without its values: the error of a failed statement contains its parameters, and PostgreSQL repeats the
 * value it could not read. Citizens' names and words are among them.
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

/** In characters. A statement that writes thousands of rows is very long. */
const longestQuery = 2000

/** The stack frames; the lines before the first frame repeat the message. */
const framesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
