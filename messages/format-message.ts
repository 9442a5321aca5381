import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'
import formatParsed from './format-parsed.ts'

type Arguments = Parameters<typeof formatParsed>

const known = new Map<string, CompiledMessage>()

/**
 * Stands for `use-intl/format-message` where pages are rendered (next.config.ts). Components of the browser are
 * rendered there with the messages that the browser gets, which are parsed; all others come as they are written.
 */
export default function formatMessage(...[key, message, values, options]: Arguments) {
  if (typeof message !== 'string') return formatParsed(key, message, values, options)
  return formatParsed(key, parsed(message), values, options)
}

function parsed(message: string): CompiledMessage {
  const before = known.get(message)
  if (before !== undefined) return before
  const compiled = compile(message)
  known.set(message, compiled)
  return compiled
}

/** `t.raw` would return what is parsed in the browser, and what is written on the server. */
formatMessage.raw = false
