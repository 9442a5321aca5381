import { getTranslations } from 'next-intl/server'
import type { Locale } from '#messages/locales.ts'
import type { PublicBulletin } from '#server/bulletins/queries/public.ts'
import { type BulletinKind, bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import styles from './Public.module.css'
import { PublicFrame, pagesOf } from './PublicFrame.tsx'
import { PublicMeta } from './PublicMeta.tsx'

type Props = {
  locale: Locale
  bulletins: readonly PublicBulletin[]
  kind: BulletinKind | null
  incidentId: string | null
  next: string | null
  isFirst: boolean
}

export async function PublicList({ locale, bulletins, kind, incidentId, next, isFirst }: Props) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const home = pagesOf(locale)
  const address = (changes: Record<string, string | null>) => {
    const asked = Object.entries({ incident: incidentId, kind, ...changes })
    const query = new URLSearchParams(asked.filter((pair): pair is [string, string] => pair[1] !== null))
    return query.size > 0 ? `?${query}` : ''
  }
  const incident = incidentId ? bulletins[0]?.incident?.name : undefined
  return (
    <PublicFrame locale={locale} path={address({})}>
      <h1 className={styles.title}>{incident ? t('ofIncident', { incident }) : t('title')}</h1>
      <p className={styles.lead}>{t('description')}</p>
      <nav aria-label={t('byKind')}>
        <ul className={styles.kinds}>
          {[null, ...bulletinKinds].map((one) => (
            <li key={one}>
              <a href={`${home}${address({ kind: one })}`} aria-current={one === kind ? 'page' : undefined}>
                {one ? t(`kinds.${one}`) : t('all')}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {bulletins.length === 0 && <p className={styles.lead}>{t('none')}</p>}
      <ol className={styles.list}>
        {bulletins.map((bulletin) => {
          const text = (locale === 'en' && bulletin.content.en) || bulletin.content.vi
          const lang = text === bulletin.content.en ? 'en' : 'vi'
          return (
            <li key={bulletin.id} className={styles.item}>
              <PublicMeta bulletin={bulletin} locale={locale} />
              <h2 lang={lang}>
                <a href={`${home}/${bulletin.slug}`}>{text.title}</a>
              </h2>
              <p lang={lang}>{text.summary}</p>
            </li>
          )
        })}
      </ol>
      <p className={styles.more}>
        {!isFirst && <a href={`${home}${address({})}`}>{t('newest')}</a>}
        {next && <a href={`${home}${address({ before: next })}`}>{t('older')}</a>}
      </p>
    </PublicFrame>
  )
}
