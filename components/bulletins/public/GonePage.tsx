import { getTranslations } from 'next-intl/server'
import type { Locale } from '#messages/locales.ts'
import styles from './Public.module.css'
import { PublicFrame, pagesOf } from './PublicFrame.tsx'

/** What stands where a bulletin was taken down; the server sends it with the code 410. */
export async function GonePage({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'published' })
  return (
    <PublicFrame locale={locale} path="">
      <h1 className={styles.title}>{t('gone.title')}</h1>
      <p className={styles.lead}>{t('gone.sentence')}</p>
      <p className={styles.more}>
        <a href={pagesOf(locale)}>{t('home')}</a>
      </p>
    </PublicFrame>
  )
}
