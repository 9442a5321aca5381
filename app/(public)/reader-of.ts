import { createTranslator } from 'next-intl'
import type { Reader } from '#components/bulletins/public/reader.ts'
import { messagesOf } from '#messages/catalog.ts'
import { type Locale, timeZone } from '#messages/locales.ts'
import { publicHome, readingMoment } from '#server/bulletins/http/reading.ts'

/** Under the name that the operator gave the desk, else under that by which it was called. */
export function readerOf({ headers }: Request, locale: Locale): Reader {
  return {
    locale,
    t: createTranslator({ locale, messages: messagesOf(locale), timeZone }),
    home: publicHome() ?? `${headers.get('x-forwarded-proto') ?? 'http'}://${headers.get('host') ?? 'localhost'}`,
    at: readingMoment(),
  }
}
