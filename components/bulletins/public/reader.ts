import type { useTranslations } from 'next-intl'
import type { Locale } from '#messages/locales.ts'
import type { PublicPage } from '#server/bulletins/queries/public.ts'
import { englishName } from '#server/bulletins/rules/place-words.ts'
import type { Validity } from '#server/bulletins/rules/validity.ts'

/** Who reads, and when: what every piece of the public pages is drawn for. */
export type Reader = {
  locale: Locale
  t: ReturnType<typeof useTranslations<never>>
  /** The address under which the pages are known. */
  home: string
  at: Date
}

/** A bulletin to be drawn: without the sizes of its images, and what wards read out, as long as it is being written. */
export type DrawnPage = Omit<PublicPage, NotYet> & Partial<Pick<PublicPage, NotYet>>
type NotYet = 'images' | 'loudspeaker'

/** As the signs say it, or as those who read English find it. */
export const placeName = (name: string, locale: Locale): string => (locale === 'en' ? englishName(name) : name)

export const pagesOf = (locale: Locale): string => (locale === 'en' ? '/en/ban-tin' : '/ban-tin')

const past: readonly Validity[] = ['expired', 'withdrawn', 'superseded', 'gone']
/** Whether nobody should do any more what it says. */
export const isPast = (validity: Validity): boolean => past.includes(validity)
