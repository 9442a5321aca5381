import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'

export type CompiledMessages = { [key: string]: CompiledMessage | CompiledMessages }

const compiledMessages = new WeakMap<object, CompiledMessages>()

/**
 * The messages of a domain, parsed: the browser gets them so, and needs no parser. Plain texts stay strings, except
 * those which a second parsing would change.
 */
export function compiledOf(messages: object): CompiledMessages {
  const known = compiledMessages.get(messages)
  if (known) return known
  const compiled: CompiledMessages = {}
  for (const [key, value] of Object.entries(messages)) {
    // Its objects without a prototype would not be sent to the browser.
    compiled[key] = typeof value === 'string' ? structuredClone(settled(compile(value))) : compiledOf(value as object)
  }
  compiledMessages.set(messages, compiled)
  return compiled
}

const settled = (message: CompiledMessage): CompiledMessage =>
  typeof message !== 'string' || isPlain(message) ? message : [message]

function isPlain(text: string): boolean {
  if (!/[{}<']/.test(text)) return true
  try {
    return compile(text) === text
  } catch {
    return false
  }
}
