import type { useTranslations } from 'next-intl'
import type { Locale } from '#messages/locales.ts'
import type { PublicPage } from '#server/bulletins/queries/public.ts'
import { englishName } from '#server/bulletins/rules/place-words.ts'
import type { Validity } from '#server/bulletins/rules/validity.ts'

/** Who reads, and when: the context for which every part of the public pages is rendered. */
export type Reader = {
  locale: Locale
  t: ReturnType<typeof useTranslations<never>>
  /** The address under which the pages are published. */
  home: string
  at: Date
}

/** A bulletin to render: without image sizes and the loudspeaker text while it is being written. */
export type DrawnPage = Omit<PublicPage, NotYet> & Partial<Pick<PublicPage, NotYet>>
type NotYet = 'images' | 'loudspeaker'

/** The Vietnamese name, or its English form for English readers. */
export const placeName = (name: string, locale: Locale): string => (locale === 'en' ? englishName(name) : name)

export const pagesOf = (locale: Locale): string => (locale === 'en' ? '/en/ban-tin' : '/ban-tin')

const past: readonly Validity[] = ['expired', 'withdrawn', 'superseded', 'gone']
/** Whether its instructions no longer apply. */
export const isPast = (validity: Validity): boolean => past.includes(validity)
