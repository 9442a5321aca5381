'use client'

import { useQuery } from '@tanstack/react-query'
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import styles from './AreaMap.module.css'
import { useDrill } from './DrillLink.tsx'
import { drawAreas } from './draw-areas.ts'
import { classBounds, classOf, heatInk } from './heat.ts'
import { useRoving } from './use-roving.ts'

export type AreaFigure = { areaId: number; name: string; value: number | null; text: string; href: string | null }

type Shapes = FeatureCollection<Polygon | MultiPolygon, { id: number; name: string }>

type Props = {
  label: string
  figures: readonly AreaFigure[]
  /** The text of a bound in the legend. */
  boundOf: (value: number) => string
  /**
   * The values that the colour scale is built for, where they are more than those shown: a course has one scale for all
   * its steps.
   */
  scaleOf?: readonly number[]
  /** Without interaction: for a wall screen. */
  isStill?: boolean
}

const day = 24 * 3_600_000

/**
 * The communes of the city in five depths of one hue. Each is a link; arrow keys move to the neighbour in that
 * direction.
 */
export function AreaMap({ label, figures, boundOf, scaleOf, isStill = false }: Props) {
  const t = useTranslations('board.map')
  const { data: shapes, isError } = useQuery({
    queryKey: ['area-shapes'],
    queryFn: async ({ signal }) => (await fetch('/api/map/areas.geojson', { signal })).json() as Promise<Shapes>,
    staleTime: day,
    gcTime: day,
  })
  const drawn = useMemo(() => shapes && drawAreas(shapes), [shapes])
  const bounds = classBounds(scaleOf ?? figures.flatMap(({ value }) => (value === null ? [] : [value])))
  if (isError) return <p className={styles.failed}>{t('failed')}</p>
  return (
    <div className={styles.frame}>
      {drawn ? (
        <Communes label={label} drawn={drawn} figures={figures} bounds={bounds} isStill={isStill} />
      ) : (
        <Skeleton height={420} />
      )}
      <ol className={styles.legend} aria-hidden="true">
        {bounds.map((bound, i) => (
          <li key={bound} className={styles.entry}>
            <span className={styles.swatch} style={{ backgroundColor: heatInk(classOf(bound, bounds)) }} />
            {i === 0 ? t('upTo', { bound: boundOf(bound) }) : `${boundOf(bounds[i - 1] ?? 0)} – ${boundOf(bound)}`}
          </li>
        ))}
        <li className={styles.entry}>
          <span className={styles.swatch} style={{ backgroundColor: heatInk(0) }} />
          {t('none')}
        </li>
      </ol>
    </div>
  )
}

type CommunesProps = {
  label: string
  drawn: ReturnType<typeof drawAreas>
  figures: readonly AreaFigure[]
  bounds: readonly number[]
  isStill: boolean
}

function Communes({ label, drawn, figures, bounds, isStill }: CommunesProps) {
  const t = useTranslations('board.map')
  const open = useDrill()
  const { frame, onKeyDown } = useRoving<HTMLElement>({ isMap: true })
  const [pointed, setPointed] = useState<number | null>(null)
  const byArea = new Map(figures.map((figure) => [figure.areaId, figure]))
  const first = drawn.areas.find(({ id }) => byArea.get(id)?.href)?.id
  const words = pointed === null ? null : byArea.get(pointed)
  const name = pointed === null ? '' : (drawn.areas.find(({ id }) => id === pointed)?.name ?? '')
  return (
    <>
      <figure
        ref={frame}
        className={styles.figure}
        aria-label={label}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setPointed(null)}
      >
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure is named; a title would show as a tooltip */}
        <svg className={styles.map} viewBox={`0 0 ${drawn.width} ${drawn.height}`}>
          {drawn.areas.map(({ id, path, x, y, name: plain }) => {
            const figure = byArea.get(id)
            const step = figure?.value == null ? 0 : classOf(figure.value, bounds)
            const shape = (
              <path
                d={path}
                className={styles.area}
                style={{ fill: heatInk(step) }}
                onPointerEnter={() => setPointed(id)}
              />
            )
            if (!figure?.href) return <g key={id}>{shape}</g>
            return (
              <a
                key={id}
                href={figure.href}
                className={styles.link}
                aria-label={`${plain}: ${figure.text}`}
                tabIndex={id === first ? 0 : -1}
                data-at={`${Math.round(x)},${Math.round(y)}`}
                data-drill
                onClick={open}
                onFocus={() => setPointed(id)}
                onBlur={() => setPointed(null)}
              >
                {shape}
              </a>
            )
          })}
        </svg>
      </figure>
      {!isStill && (
        <p className={styles.readout} aria-hidden="true" data-screen-only>
          {pointed === null ? (
            t('hint')
          ) : (
            <>
              <strong>{name}</strong> {words?.text ?? t('none')}
            </>
          )}
        </p>
      )}
    </>
  )
}
