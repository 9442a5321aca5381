'use client'

import { useTranslations } from 'next-intl'
import type { ReportView } from '#server/reports/queries/report.ts'
import { LazyMap } from './LazyMap.tsx'
import styles from './Map.module.css'

type Props = {
  report: Pick<ReportView, 'point' | 'state' | 'address'> & { area: { id: number; name: string | null } | null }
}

/** The place on the map, with a text alternative. */
export function PlaceMap({ report }: Props) {
  const t = useTranslations('report.map')
  const { point, address, area } = report
  const place = [address, area?.name].filter(Boolean).join(', ')
  return (
    <figure className={styles.frame}>
      {point && <LazyMap point={point} areaId={area?.id} state={report.state} />}
      <figcaption className={styles.text}>
        {point
          ? t('text', { place: place || t('pin'), point: pointText(point) })
          : [place, t('none')].filter(Boolean).join('. ')}
      </figcaption>
    </figure>
  )
}

export const pointText = ({ lon, lat }: { lon: number; lat: number }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`
