import type { ReactNode } from 'react'
import { pagesOf, type Reader } from './reader.ts'

type Props = {
  reader: Reader
  /** The address of the same page in the other language, else of its list. */
  other: string
  /** The feed of what the page shows; else that of all bulletins. */
  feed?: string
  children: ReactNode
}

/** The frame of the public pages: a name, the other language, the feeds, and nothing that needs a script. */
export function PublicFrame({ reader: { locale, t }, other, feed, children }: Props) {
  const home = pagesOf(locale)
  const otherLocale = locale === 'en' ? 'vi' : 'en'
  return (
    <div className="page">
      <a href="#noi-dung" className="skip">
        {t('published.skip')}
      </a>
      <header className="head">
        <div className="bar">
          <a href={home} className="name">
            {t('published.title')}
          </a>
          <nav className="links" aria-label={t('published.feeds')}>
            <a href={other} lang={otherLocale} hrefLang={otherLocale}>
              {t('published.language')}
            </a>
            <a href={feed ?? `/feeds/bulletins.atom${locale === 'en' ? '?lang=en' : ''}`}>{t('published.feeds')}</a>
          </nav>
        </div>
        {/* Filled in by the script from what this device remembers. */}
        <p className="bar mine" data-ward-mine={home} hidden>
          <span>
            {t('published.ward.mine')} <a href={home}>{t('published.home')}</a>
          </span>
          <button type="button">{t('published.ward.forget')}</button>
        </p>
      </header>
      <main id="noi-dung" className="main">
        {children}
      </main>
      <footer className="foot">{t('published.footer')}</footer>
    </div>
  )
}
