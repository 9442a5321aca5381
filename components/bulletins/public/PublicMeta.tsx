import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '#components/ui/format.ts'
import type { Locale } from '#messages/locales.ts'
import type { PublicBulletin } from '#server/bulletins/queries/public.ts'
import { kindIcons } from '../kind-icons.ts'
import styles from './Public.module.css'

/** What kind of bulletin, its number, when it came out, and whether it still holds: one line, in words beside the colour. */
export async function PublicMeta({ bulletin, locale }: { bulletin: PublicBulletin; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'published' })
  const { content, number, incident, standing, firstPublishedAt } = bulletin
  const Icon = kindIcons[content.kind]
  return (
    <div className={styles.meta}>
      <span className={styles.kind} data-severity={content.severity}>
        <Icon size={16} aria-hidden />
        {t(`kinds.${content.kind}`)}
        {content.severity === 'emergency' && ` · ${t('severities.emergency')}`}
      </span>
      {incident && number && <span>{t('number', { number: String(number), incident: incident.name })}</span>}
      <time dateTime={firstPublishedAt.toISOString()}>{formatDateTime(firstPublishedAt)}</time>
      {(standing === 'withdrawn' || standing === 'superseded') && (
        <span className={styles.mark}>{t(`marks.${standing}`)}</span>
      )}
    </div>
  )
}
