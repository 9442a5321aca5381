import { getTranslations } from 'next-intl/server'
import type { Locale } from '#messages/locales.ts'
import styles from './Public.module.css'
import { PublicFrame, pagesOf } from './PublicFrame.tsx'

type Props = { locale: Locale; what: 'gone' | 'missing' }

/** What stands where a bulletin was taken down (the server sends it with the code 410), or where there never was one. */
export async function NoBulletin({ locale, what }: Props) {
  const t = await getTranslations({ locale, namespace: 'published' })
  return (
    <PublicFrame locale={locale} path="">
      <h1 className={styles.title}>{t(`${what}.title`)}</h1>
      <p className={styles.lead}>{t(`${what}.sentence`)}</p>
      <p className={styles.more}>
        <a href={pagesOf(locale)}>{t('home')}</a>
      </p>
    </PublicFrame>
  )
}
