import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import { nameIn } from '#server/platform/rules/filters/things.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'

export type Words = ReturnType<typeof wordsIn>

/** The texts of the screen, so that a table and its chart use the same names. */
export function wordsIn(locale: Locale) {
  const messages = messagesOf(locale)
  return {
    locale,
    about: createTranslator({ locale, messages, namespace: 'sheets.about' }),
    cards: createTranslator({ locale, messages, namespace: 'sheets.cards' }),
    columns: createTranslator({ locale, messages, namespace: 'sheets.columns' }),
    extra: createTranslator({ locale, messages, namespace: 'sheets.storm' }),
    say: createTranslator({ locale, messages }),
    board: createTranslator({ locale, messages, namespace: 'board' }),
    insights: createTranslator({ locale, messages, namespace: 'insights' }),
    reports: createTranslator({ locale, messages, namespace: 'reports' }),
    nameOf: (named: { name: string; nameEn: string }) => nameIn(named, locale === 'en'),
    /** 25/11/2026, in both languages. */
    dateOf: (day: LocalDay) => day.split('-').reverse().join('/'),
    /** 1970 began on a Thursday: its fifth day was a Monday. */
    weekdays: Array.from({ length: 7 }, (_, day) =>
      new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'vi-VN', { weekday: 'long', timeZone: 'UTC' }).format(
        Date.UTC(1970, 0, 5 + day),
      ),
    ),
  }
}
