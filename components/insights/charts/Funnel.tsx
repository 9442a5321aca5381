'use client'

import { useTranslations } from 'next-intl'
import { useLayoutEffect, useState } from 'react'
import {
  type CaseMix,
  funnelAt,
  funnelReaches,
  isCompared,
  isNamed,
  likeShare,
} from '#server/insights/rules/case-mix.ts'
import { caseMixMarks } from '#server/insights/rules/marks.ts'
import { useBoardFrame } from '../board-context.ts'
import { useDrill } from '../chart/DrillLink.tsx'
import { Readout } from '../chart/Readout.tsx'
import { niceTicks } from '../chart/time-series.ts'
import { useRoving } from '../chart/use-roving.ts'
import styles from './Funnel.module.css'

type Agency = CaseMix['agencies'][number]
type Props = { label: string; mix: CaseMix; share: number }

/** With the line below that says what is pointed at. */
export const funnelHeight = 276
const height = 232
const edge = { top: 16, right: 16, bottom: 42, left: 52 } as const
const samples = 60

/**
 * Each agency by how many promises are compared and how many of the usual mix it would keep. Within the lines lie those
 * that chance explains; only those beyond it are named.
 */
export function Funnel({ label, mix, share }: Props) {
  const t = useTranslations('board.caseMix')
  const { words } = useBoardFrame()
  const { frame, onKeyDown } = useRoving<HTMLElement>()
  const [pointed, setPointed] = useState<string | null>(null)
  const [width, setWidth] = useState(520)
  // As many units as pixels, so that texts keep their size.
  useLayoutEffect(() => {
    const place = frame.current
    if (!place) return
    const watch = new ResizeObserver(() => setWidth(Math.max(280, place.clientWidth)))
    watch.observe(place)
    return () => watch.disconnect()
  }, [frame])
  const agencies = mix.agencies.filter(isCompared).sort((a, b) => a.covered.due - b.covered.due)
  const most = Math.max(1, ...agencies.map(({ covered }) => covered.due)) * 1.05
  const keptBy = (agency: Agency) => 1 - likeShare(share, agency)
  const lowest = Math.max(0, Math.min(1 - share - 0.1, ...agencies.map(keptBy)) - 0.05)
  const x = (due: number) => edge.left + (due / most) * (width - edge.left - edge.right)
  const y = (kept: number) => edge.top + ((1 - kept) / (1 - lowest)) * (height - edge.top - edge.bottom)
  const least = most / samples
  const dues = Array.from({ length: samples }, (_, step) => least + (step / (samples - 1)) * (most - least))
  const areaOf = (reach: number): string => {
    const lines = dues.map((due) => ({ due, ...funnelAt(due, share, mix.between, reach) }))
    const above = lines.map(({ due, low }) => `${x(due)} ${y(1 - low)}`)
    const below = lines.map(({ due, high }) => `${x(due)} ${y(Math.max(lowest, 1 - high))}`).reverse()
    return `M${[...above, ...below].join('L')}Z`
  }
  const ticks = niceTicks(1, 10).filter((tick) => tick >= lowest && tick <= 1)
  const dueTicks = niceTicks(most).filter((tick) => tick <= most)
  const shown = agencies.find(({ id }) => id === pointed)
  const first = agencies.find(({ due }) => due > 0)?.id
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
        <svg className={styles.plot} viewBox={`0 0 ${width} ${height}`}>
          {[...funnelReaches].reverse().map((reach) => (
            <path key={reach} className={styles.funnel} d={areaOf(reach)} />
          ))}
          {ticks.map((tick) => (
            <g key={tick}>
              <line className={styles.grid} x1={edge.left} x2={width - edge.right} y1={y(tick)} y2={y(tick)} />
              <text className={styles.tick} x={edge.left - 8} y={y(tick) + 4} textAnchor="end">
                {words.shareOf(tick, 100)}
              </text>
            </g>
          ))}
          {dueTicks.map((tick) => (
            <text key={tick} className={styles.tick} x={x(tick)} y={height - edge.bottom + 18} textAnchor="middle">
              {words.number(tick)}
            </text>
          ))}
          <text className={styles.tick} x={width - edge.right} y={height - 6} textAnchor="end">
            {t('across')}
          </text>
          <line className={styles.city} x1={edge.left} x2={width - edge.right} y1={y(1 - share)} y2={y(1 - share)} />
          <text className={styles.cityName} x={width - edge.right} y={y(1 - share) - 6} textAnchor="end">
            {t('city', { share: words.shareOf(1 - share, 100) })}
          </text>
          {agencies.map((agency, place) => (
            <Dot
              key={agency.id}
              agency={agency}
              at={[x(agency.covered.due), y(keptBy(agency))]}
              column={place}
              isRight={x(agency.covered.due) > width * 0.6}
              isStop={agency.id === first}
              text={words.shareOf(keptBy(agency), 100)}
              onPoint={setPointed}
            />
          ))}
        </svg>
      </figure>
      <Readout name={shown?.name ?? null} hint={t('hint')}>
        {shown &&
          t('readout', {
            missed: words.number(shown.covered.missed),
            expected: words.number(Math.round(shown.expected * 10) / 10),
            due: words.number(shown.covered.due),
          })}
      </Readout>
    </>
  )
}

type DotProps = {
  agency: Agency
  at: readonly [number, number]
  column: number
  /** Its name is on its left. */
  isRight: boolean
  isStop: boolean
  text: string
  onPoint: (id: string | null) => void
}

function Dot({ agency, at: [left, top], column, isRight, isStop, text, onPoint }: DotProps) {
  const t = useTranslations('board.caseMix')
  const { shownOf } = useBoardFrame()
  const open = useDrill()
  const { href } = shownOf(caseMixMarks(agency).due)
  const named = isNamed(agency)
  const drawn = (
    <>
      <circle
        className={styles.dot}
        data-standing={agency.standing}
        cx={left}
        cy={top}
        r={named ? 6 : 4}
        onPointerEnter={() => onPoint(agency.id)}
      />
      {named && (
        <text
          className={styles.name}
          data-standing={agency.standing}
          x={isRight ? left - 10 : left + 10}
          y={top + 4}
          textAnchor={isRight ? 'end' : 'start'}
        >
          {agency.shortName} {text}
        </text>
      )}
    </>
  )
  if (href === null) return drawn
  return (
    <a
      href={href}
      className={styles.link}
      aria-label={t('dot', { name: agency.shortName, text, standing: t(`standings.${agency.standing}`) })}
      tabIndex={isStop ? 0 : -1}
      data-at={`${column},0`}
      data-drill
      onClick={open}
      onFocus={() => onPoint(agency.id)}
      onBlur={() => onPoint(null)}
    >
      {drawn}
    </a>
  )
}
