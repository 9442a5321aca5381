import type { ReactNode } from 'react'
import type { Reader } from '#components/bulletins/public/reader.ts'

type Props = { reader: Reader; path: string; children: ReactNode }

/**
 * The frame of the citizen's page. It has no links except to the other language, so that the citizen cannot get lost.
 */
export function CitizenFrame({ reader: { locale, t }, path, children }: Props) {
  const other = locale === 'en' ? 'vi' : 'en'
  return (
    <div className="page">
      <a href="#noi-dung" className="skip">
        {t('citizenPage.skip')}
      </a>
      <header className="head">
        <div className="bar">
          <span className="name">{t('citizenPage.name')}</span>
          <nav className="links" aria-label={t('citizenPage.languages')}>
            <a href={other === 'en' ? `${path}?lang=en` : path} lang={other} hrefLang={other}>
              {t('citizenPage.language')}
            </a>
          </nav>
        </div>
      </header>
      <main id="noi-dung" className="main">
        {children}
      </main>
      <footer className="foot">{t('citizenPage.footer')}</footer>
    </div>
  )
}
