'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { PinWords } from '#components/reports/map/PinWords.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { deadlineGroups } from '#server/reports/rules/map.ts'
import styles from './IncidentMap.module.css'

const Canvas = dynamic(() => import('./IncidentMapCanvas.tsx').then((map) => map.IncidentMapCanvas), {
  ssr: false,
  loading: () => <Skeleton height={260} />,
})

/** Where the reports of an incident are, over the communes; with a text alternative. */
export function IncidentMap({ incidentId }: { incidentId: string }) {
  const t = useTranslations('incidents.detail')
  const report = useTranslations('report.map')
  const trpc = useTRPC()
  const [failed, setFailed] = useState(false)
  const { data: points } = useQuery(trpc.incidentDesk.points.queryOptions(incidentId))
  return (
    <figure className={styles.frame} aria-label={t('map')}>
      {failed && <p className={styles.failed}>{report('failed')}</p>}
      {!failed && (points ? <Canvas points={points} onFail={() => setFailed(true)} /> : <Skeleton height={260} />)}
      <figcaption className={styles.text}>
        {t('mapText', { count: points?.length ?? 0 })}
        <span className={styles.key}>
          {deadlineGroups
            .map((group) => ({ group, count: points?.filter((point) => point.group === group).length ?? 0 }))
            .filter(({ count }) => count > 0)
            .map(({ group, count }) => (
              <span key={group}>
                <PinWords group={group} count={count} />
              </span>
            ))}
        </span>
      </figcaption>
    </figure>
  )
}
