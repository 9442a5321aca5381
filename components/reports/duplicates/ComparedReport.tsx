'use client'

import { useLocale, useTranslations } from 'next-intl'
import { LazyMap } from '#components/reports/map/LazyMap.tsx'
import { PhotoStrip } from '#components/reports/photos/PhotoStrip.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './Compare.module.css'

type Props = { report: ReportView; isCanonical: boolean }

/** One side: text, photos and place. */
export function ComparedReport({ report, isCanonical }: Props) {
  const t = useTranslations('report.duplicates')
  const states = useTranslations('reports.states')
  const english = useLocale() === 'en'
  const photos = report.photos.filter(({ kind }) => kind === 'citizen')
  const about = [english ? report.category.nameEn : report.category.name, report.agency?.shortName, report.address]
  return (
    <article className={styles.side} data-canonical={isCanonical || undefined} aria-label={report.code}>
      <header className={styles.head}>
        <strong>
          <WholeCodes>{report.code}</WholeCodes>
        </strong>
        <StatusChip status={report.state}>{states(report.state)}</StatusChip>
        <span className={styles.role}>{t(isCanonical ? 'canonical' : 'follower')}</span>
      </header>
      <h3 className={styles.title} lang="vi">
        {report.title}
      </h3>
      <p className={styles.note}>
        <TimeText at={report.receivedAt} /> · {about.filter(Boolean).join(' · ')}
        {report.citizens > 1 && ` · ${t('citizens', { count: report.citizens })}`}
      </p>
      <p className={styles.body} lang="vi">
        {report.body}
      </p>
      {photos.length > 0 ? <PhotoStrip photos={photos} size="small" /> : <p className={styles.note}>{t('noPhotos')}</p>}
      {report.point && <LazyMap point={report.point} areaId={report.area?.id} state={report.state} />}
    </article>
  )
}
