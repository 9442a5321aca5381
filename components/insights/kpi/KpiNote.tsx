'use client'

import { Info, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { KpiFigure } from '#server/insights/rules/board.ts'
import { definitions } from '#server/insights/rules/definitions.ts'
import { isPartlyYoung } from '#server/insights/rules/judged.ts'
import { useBoardFrame } from '../board-context.ts'
import styles from './KpiNote.module.css'

/**
 * The meaning of a figure: formula and what is left out, in the texts that the documentation is printed from, and what
 * the card has no room for: the figure compared with, the band of the target, the moment.
 */
export function KpiNote({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi')
  const kpis = useTranslations('insights.kpis')
  const tests = useTranslations('insights.tests')
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  const panel = useId()
  const { id } = kpi
  const name = kpis(`${id}.name`)

  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (event.target instanceof Node && !place.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])

  const close = () => {
    setOpen(false)
    place.current?.querySelector('button')?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what was opened inside
    <span
      ref={place}
      className={styles.place}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.preventDefault()
        close()
      }}
    >
      <IconButton
        size="small"
        className={styles.button}
        label={t('about', { name })}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={() => setOpen(!open)}
      >
        <Info strokeWidth={1.75} />
      </IconButton>
      {open && (
        <div id={panel} className={styles.panel} role="dialog" aria-label={name}>
          <header className={styles.head}>
            <h3 className={styles.title}>{name}</h3>
            <IconButton size="small" label={t('closeAbout')} onClick={close}>
              <X />
            </IconButton>
          </header>
          <p>{kpis(`${id}.formula`)}</p>
          <p className={styles.leftOut}>{kpis(`${id}.leftOut`)}</p>
          <p className={styles.leftOut}>{tests(definitions[id].test ?? 'none')}</p>
          <Facts kpi={kpi} />
        </div>
      )}
    </span>
  )
}

function Facts({ kpi }: { kpi: KpiFigure }) {
  const t = useTranslations('board.kpi.facts')
  const format = useFormat()
  const { header, words } = useBoardFrame()
  const { unit, n, previous, judged, isHidden, changeRange, matured } = kpi
  const isYoung = isPartlyYoung(kpi)
  const figureWords = (figure: Pick<KpiFigure, 'value' | 'numerator' | 'denominator' | 'n'>) =>
    unit === 'count'
      ? words.figureOf(figure, unit)
      : isYoung
        ? t('handledOfAll', { part: words.number(figure.numerator), whole: words.number(figure.n) })
        : t('withN', { value: words.figureOf(figure, unit), n: words.number(figure.n) })
  const aim = (value: number) => words.figureOf({ ...kpi, value, n: 1000 }, unit)
  const facts = [
    { key: 'now', text: isHidden ? t('n', { n: words.number(n) }) : figureWords(kpi) },
    { key: header.filters.compare === 'agency' ? 'agency' : 'before', text: previous && figureWords(previous) },
    {
      key: 'changeRange',
      text:
        changeRange &&
        t('fromTo', {
          low: words.signedOf(changeRange.low, unit, n),
          high: words.signedOf(changeRange.high, unit, n),
        }),
    },
    {
      key: 'target',
      text:
        judged &&
        (judged.band ? t('withBand', { value: aim(judged.target), band: aim(judged.band) }) : aim(judged.target)),
    },
    {
      key: 'matured',
      text: matured && t('withN', { value: words.partOf(matured.handled, matured.of), n: words.number(matured.of) }),
    },
    { key: 'notYet', text: matured && words.number(matured.notYet) },
    { key: 'asOf', text: format.dateTime(header.asOf) },
  ] as const
  return (
    <dl className={styles.facts}>
      {facts.map(({ key, text }) =>
        text === null ? null : (
          <div key={key} className={styles.fact}>
            <dt>{t(key)}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  )
}
