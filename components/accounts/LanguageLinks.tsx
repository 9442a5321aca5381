'use client'

import { useRouter } from 'next/navigation'
import { useLocale } from 'next-intl'
import { type Locale, localeCookie, locales } from '#messages/locales.ts'
import styles from './LanguageLinks.module.css'

/** Each language is named in itself, so that who reads only that one finds it. */
const names: Record<Locale, { short: string; long: string }> = {
  vi: { short: 'VI', long: 'Tiếng Việt' },
  en: { short: 'EN', long: 'English' },
}

const year = 365 * 86_400

export function LanguageLinks() {
  const current = useLocale()
  const router = useRouter()
  const choose = (locale: Locale) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser the desk is used with
    document.cookie = `${localeCookie}=${locale}; path=/; max-age=${year}; samesite=lax`
    router.refresh()
  }
  return (
    <span className={styles.links}>
      {locales.map((locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-label={names[locale].long}
          aria-pressed={locale === current}
          onClick={() => choose(locale)}
        >
          {names[locale].short}
        </button>
      ))}
    </span>
  )
}
