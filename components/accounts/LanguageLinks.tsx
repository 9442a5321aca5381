'use client'

import { useRouter } from 'next/navigation'
import { useLocale } from 'next-intl'
import { rememberHere } from '#components/shell/cookies.ts'
import { type Locale, localeCookie, locales } from '#messages/locales.ts'
import styles from './LanguageLinks.module.css'

/** Each language is named in itself, so that readers of only that language find it. */
export const languageNames: Record<Locale, { short: string; long: string }> = {
  vi: { short: 'VI', long: 'Tiếng Việt' },
  en: { short: 'EN', long: 'English' },
}

export function LanguageLinks() {
  const current = useLocale()
  const router = useRouter()
  const choose = (locale: Locale) => {
    rememberHere(localeCookie, locale)
    router.refresh()
  }
  return (
    <span className={styles.links}>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-label={`${languageNames[locale].short} – ${languageNames[locale].long}`}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
        >
          {languageNames[locale].short}
        </button>
      ))}
    </span>
  )
}
