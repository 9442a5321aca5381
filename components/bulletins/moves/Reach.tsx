'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useAreaShapes } from '#components/areas/use-area-shapes.ts'
import { drawAreas } from '#components/insights/chart/draw-areas.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { areasInWords, listedAreas, mostNamed } from '#server/bulletins/rules/place-words.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { closeUpOf } from './close-up.ts'
import styles from './Reach.module.css'

/** Whom a text reaches once it is published, how grave it is and until when; null until that is known. */
function useReach(id: string) {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const format = useFormat()
  const locale = useLocale() === 'en' ? 'en' : 'vi'
  const { data: reach } = useQuery({ ...trpc.bulletins.reach.queryOptions(id), staleTime: 0 })
  if (!reach) return null
  const { areaIds, names, wholeCity, alertSeverity, severity, until } = reach
  const places = wholeCity ? t('fields.wholeCity') : areasInWords(names, locale)
  const level = alertSeverity ? t(`alertPanel.words.severity.${alertSeverity}`) : t(`severities.${severity}`)
  const sentence = until
    ? t('reach.until', { areas: places, level, at: isToday(until) ? format.time(until) : format.dateTime(until) })
    : t('reach.open', { areas: places, level })
  const list = names.length > mostNamed ? listedAreas(names, locale) : null
  // An area that is missing is an error of the checklist.
  return { areaIds, wholeCity, places, sentence, list, isMissing: !wholeCity && areaIds.length === 0 }
}

/** The same in one sentence, over a map. */
export function Reach({ id }: { id: string }) {
  const t = useTranslations('bulletins.reach')
  const reach = useReach(id)
  if (!reach) return <Skeleton height={200} />
  if (reach.isMissing) return null
  return (
    <section className={styles.reach} aria-label={t('label')}>
      <p className={styles.sentence}>{reach.sentence}</p>
      <ReachMap label={t('map', { areas: reach.places })} areaIds={reach.areaIds} isCity={reach.wholeCity} />
      {reach.list && <p className={styles.names}>{reach.list}</p>}
    </section>
  )
}

/** The sentence alone, where many go out together. */
export function ReachLine({ id }: { id: string }) {
  const reach = useReach(id)
  return reach && !reach.isMissing && <small>{reach.sentence}</small>
}

const isToday = (at: Date): boolean => localDayOf(at) === localDayOf(new Date())

type MapProps = { label: string; areaIds: readonly number[]; isCity: boolean }

function ReachMap({ label, areaIds, isCity }: MapProps) {
  const { data: shapes, isError } = useAreaShapes()
  const drawn = useMemo(() => shapes && drawAreas(shapes), [shapes])
  // The sentence and the names say the same.
  if (isError) return null
  if (!drawn) return <Skeleton height={160} />
  const { areas, width, height } = drawn
  const chosen = areas.filter(({ id }) => isCity || areaIds.includes(id))
  const whole = { left: 0, top: 0, width, height }
  const near = closeUpOf(
    chosen.map(({ path }) => path),
    whole,
  )
  const isChosen = (id: number) => isCity || areaIds.includes(id)
  const paths = areas.map(({ id, path }) => (
    <path key={id} d={path} className={styles.area} data-chosen={isChosen(id) || undefined} />
  ))
  return (
    <div className={styles.maps} role="img" aria-label={label}>
      {[whole, ...(near ? [near] : [])].map((view, at) => (
        <svg
          key={at === 0 ? 'whole' : 'near'}
          className={styles.map}
          viewBox={`${view.left} ${view.top} ${view.width} ${view.height}`}
          aria-hidden="true"
        >
          {paths}
          {at === 0 && near && (
            <rect className={styles.frame} x={near.left} y={near.top} width={near.width} height={near.height} />
          )}
        </svg>
      ))}
    </div>
  )
}
