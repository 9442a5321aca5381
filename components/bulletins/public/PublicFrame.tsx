import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Locale } from '#messages/locales.ts'
import styles from './Public.module.css'

export const pagesOf = (locale: Locale): string => (locale === 'en' ? '/en/ban-tin' : '/ban-tin')

/** The frame of the pages that everybody reads: a name, the other language, the feeds, and nothing that needs a script. */
export async function PublicFrame({ locale, path, children }: { locale: Locale; path: string; children: ReactNode }) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const other = locale === 'en' ? 'vi' : 'en'
  return (
    <div className={styles.page}>
      <a href="#noi-dung" className={styles.skip}>
        {t('skip')}
      </a>
      <header className={styles.head}>
        <div className={styles.bar}>
          <a href={pagesOf(locale)} className={styles.name}>
            {t('title')}
          </a>
          <nav className={styles.links} aria-label={t('feeds')}>
            <a href={`${pagesOf(other)}${path}`} lang={other} hrefLang={other}>
              {t('language')}
            </a>
            <a href={`/feeds/bulletins.atom${locale === 'en' ? '?lang=en' : ''}`}>{t('feeds')}</a>
          </nav>
        </div>
      </header>
      <main id="noi-dung" className={styles.main}>
        {children}
      </main>
      <footer className={styles.foot}>{t('footer')}</footer>
    </div>
  )
}
