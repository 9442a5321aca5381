import { createTranslator } from 'next-intl'
import type { Reader } from '#components/bulletins/public/reader.ts'
import { messagesOf } from '#messages/catalog.ts'
import { type Locale, timeZone } from '#messages/locales.ts'
import { publicHome, readingMoment } from '#server/bulletins/http/reading.ts'

/** Uses the origin that the operator configured, else the one of the request. */
export function readerOf({ headers }: Request, locale: Locale): Reader {
  return {
    locale,
    t: createTranslator({ locale, messages: messagesOf(locale), timeZone }),
    home: publicHome() ?? `${headers.get('x-forwarded-proto') ?? 'http'}://${headers.get('host') ?? 'localhost'}`,
    at: readingMoment(),
  }
}
