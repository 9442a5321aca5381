'use client'

import { useTranslations } from 'next-intl'
import { useId, useMemo, useState } from 'react'
import { useAreaShapes } from '#components/areas/use-area-shapes.ts'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import styles from './AreaMap.module.css'
import { useDrill } from './DrillLink.tsx'
import { type DrawnArea, drawAreas } from './draw-areas.ts'
import { heatInk, type MapClass, stepIn } from './heat.ts'
import { MapKey } from './MapKey.tsx'
import { Readout } from './Readout.tsx'
import { useRoving } from './use-roving.ts'

export type AreaFigure = {
  areaId: number
  name: string
  value: number | null
  text: string
  href: string | null
  /** A share of so few reports that the next one would move it: hatched. */
  isFew?: boolean
}

type Props = {
  label: string
  figures: readonly AreaFigure[]
  classes: readonly MapClass[]
  /** The text of a class in the key. */
  nameOf: (each: MapClass) => string
  /** Without interaction: for a wall screen. */
  isStill?: boolean
}

/**
 * The communes of the city in depths of one hue, the inner city once more and larger. Each is a link; arrow keys move
 * to the neighbour in that direction.
 */
export function AreaMap({ label, figures, classes, nameOf, isStill = false }: Props) {
  const t = useTranslations('board.map')
  const { data: shapes, isError } = useAreaShapes()
  const drawn = useMemo(() => shapes && drawAreas(shapes), [shapes])
  if (isError) return <p className={styles.failed}>{t('failed')}</p>
  return (
    <div className={styles.frame}>
      {drawn ? (
        <Communes label={label} drawn={drawn} figures={figures} classes={classes} isStill={isStill} />
      ) : (
        <Skeleton height={420} />
      )}
      <MapKey
        entries={classes.map((each) => ({ step: each.step, text: nameOf(each) }))}
        none={t('none')}
        few={figures.some(({ isFew }) => isFew) ? t('few') : null}
      />
    </div>
  )
}

type CommunesProps = {
  label: string
  drawn: ReturnType<typeof drawAreas>
  figures: readonly AreaFigure[]
  classes: readonly MapClass[]
  isStill: boolean
}

function Communes({ label, drawn, figures, classes, isStill }: CommunesProps) {
  const t = useTranslations('board.map')
  const open = useDrill()
  const { frame, onKeyDown } = useRoving<HTMLElement>({ isMap: true })
  const [pointed, setPointed] = useState<number | null>(null)
  const hatch = useId()
  const byArea = new Map(figures.map((figure) => [figure.areaId, figure]))
  const first = drawn.areas.find(({ id }) => byArea.get(id)?.href)?.id
  const words = pointed === null ? null : byArea.get(pointed)
  const name = pointed === null ? '' : (drawn.areas.find(({ id }) => id === pointed)?.name ?? '')
  const { left, top, width, height } = drawn.inner
  const shapeOf = ({ id, path }: DrawnArea) => {
    const figure = byArea.get(id)
    const step = figure?.value == null ? 0 : stepIn(classes, figure.value)
    return (
      <g onPointerEnter={() => setPointed(id)}>
        <path
          d={path}
          className={styles.area}
          data-none={step === 0 || undefined}
          style={step === 0 ? undefined : { fill: heatInk(step) }}
        />
        {step > 0 && figure?.isFew && <path d={path} className={styles.few} fill={`url(#${hatch})`} />}
      </g>
    )
  }
  return (
    <>
      <div className={styles.maps} data-still={isStill || undefined}>
        <figure
          ref={frame}
          className={styles.figure}
          aria-label={label}
          onKeyDown={onKeyDown}
          onPointerLeave={() => setPointed(null)}
        >
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure is named; a title would show as a tooltip */}
          <svg className={styles.map} viewBox={`0 0 ${drawn.width} ${drawn.height}`}>
            <defs>
              <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width="2" height="6" className={styles.stripe} />
              </pattern>
            </defs>
            {drawn.areas.map((area) => {
              const { id, x, y, name: plain } = area
              const figure = byArea.get(id)
              if (!figure?.href) return <g key={id}>{shapeOf(area)}</g>
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
                  {shapeOf(area)}
                </a>
              )
            })}
            {!isStill && <rect className={styles.cutout} x={left} y={top} width={width} height={height} />}
          </svg>
        </figure>
        {!isStill && (
          // The same communes again, larger: keys and screen readers have them in the map of the city.
          <svg
            className={styles.inner}
            viewBox={`${left} ${top} ${width} ${height}`}
            aria-hidden="true"
            onPointerLeave={() => setPointed(null)}
          >
            {drawn.areas.map((area) => {
              const href = byArea.get(area.id)?.href
              return href ? (
                <a key={area.id} href={href} className={styles.link} tabIndex={-1} onClick={open}>
                  {shapeOf(area)}
                </a>
              ) : (
                <g key={area.id}>{shapeOf(area)}</g>
              )
            })}
          </svg>
        )}
      </div>
      {!isStill && (
        <Readout name={pointed === null ? null : name} hint={t('hint')}>
          {words?.text ?? t('none')}
        </Readout>
      )}
    </>
  )
}
