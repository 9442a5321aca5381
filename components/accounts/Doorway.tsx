import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import styles from './Doorway.module.css'
import { LanguageLinks } from './LanguageLinks.tsx'

/** Layout of the pages before sign-in: a narrow column with a form, beside a decorative outline of the city. */
export function Doorway({ title, children }: { title: string; children: ReactNode }) {
  const t = useTranslations()
  return (
    <div className={styles.door}>
      <div className={styles.column}>
        <header className={styles.header}>
          <span className={styles.mark} aria-hidden="true">
            iH
          </span>
          <span className={styles.product}>{t('common.product.name')}</span>
          <LanguageLinks />
        </header>
        <main className={styles.main}>
          <h1>{title}</h1>
          {children}
        </main>
      </div>
      <div className={styles.city} aria-hidden="true">
        <div className={styles.outline} />
        <p className={styles.welcome}>{t('accounts.signIn.welcome')}</p>
      </div>
    </div>
  )
}
