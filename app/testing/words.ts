import { type MessageDomain, messagesOf } from '#messages/catalog.ts'
import { type CompiledMessages, compiledOf } from '#messages/compiled.ts'
import type { Locale } from '#messages/locales.ts'

/** The texts of one domain, or all of a language, parsed as the browser gets them. */
export function messagesFor(locale: Locale, domain?: string): CompiledMessages {
  const all = messagesOf(locale)
  return domain ? { [domain]: compiledOf(all[domain as MessageDomain]) } : compiledOf(all)
}
