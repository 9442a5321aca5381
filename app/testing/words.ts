import { messagesOf } from '#messages/catalog.ts'
import { compiledOf } from '#messages/compiled.ts'
import type { Locale } from '#messages/locales.ts'

const compiled = new Map<Locale, ReturnType<typeof compiledOf>>()

/** All texts of a language, parsed as the browser gets them. */
export function messagesFor(locale: Locale): ReturnType<typeof compiledOf> {
  const known = compiled.get(locale) ?? compiledOf(messagesOf(locale))
  compiled.set(locale, known)
  return known
}
