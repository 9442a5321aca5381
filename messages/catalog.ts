import * as en from './en/index.ts'
import type { Locale } from './locales.ts'
import * as vi from './vi/index.ts'

/** One namespace per file of `messages/vi/`; the Vietnamese files are the type of the others. */
export type Messages = { [Domain in keyof typeof vi]: (typeof vi)[Domain] }
export type MessageDomain = keyof Messages

const catalog: Record<Locale, Messages> = { vi, en }

export function messagesOf(locale: Locale): Messages {
  return { ...catalog[locale] }
}
