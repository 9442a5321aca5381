'use client'

import { useTranslations } from 'next-intl'
import { useDeferredValue, useMemo } from 'react'
import { LazyMap } from '#components/reports/map/LazyMap.tsx'
import { PhotoStrip } from '#components/reports/photos/PhotoStrip.tsx'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './TriageMedia.module.css'

type Props = { report: ReportView; alike: readonly LikelyDuplicate[]; chosen: number | null }

/** The first photo large, the second and the map of the place beside it; the map is drawn after all else. */
export function TriageMedia({ report, alike, chosen }: Props) {
  const t = useTranslations('report')
  const shown = useDeferredValue(report)
  const numbered = useMemo(
    () => alike.flatMap(({ point }, at) => (point ? [{ point, label: String(at + 1), isChosen: at === chosen }] : [])),
    [alike, chosen],
  )
  const { photos, point } = report
  if (photos.length === 0 && point === null) return <p className={styles.none}>{t('photos.none')}</p>
  return (
    <div className={styles.media} data-photos={Math.min(photos.length, 2)} data-place={point !== null || undefined}>
      {photos.length > 0 && (
        <PhotoStrip photos={photos} size="lead" mayTakeOriginals={report.acts.includes('reveal_reporter')} />
      )}
      {point && (
        <figure className={styles.place} aria-label={t('sections.place')}>
          <LazyMap point={shown.point ?? point} areaId={shown.area?.id} state={shown.state} numbered={numbered} fills />
        </figure>
      )}
      {photos.length === 0 && <p className={styles.none}>{t('photos.none')}</p>}
    </div>
  )
}
