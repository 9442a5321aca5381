'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Segment, Segments } from '#components/ui/Segments.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { usePrinting } from '#components/ui/use-printing.ts'
import { stepMarks } from '#server/insights/rules/storm-marks.ts'
import { isGoingOn, lengthIn, type StormPart, type StormStep, stepsIn } from '#server/insights/rules/storm-steps.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { ChartCard } from '../chart/ChartCard.tsx'
import { TimeChart } from '../chart/TimeChart.tsx'
import type { TimeSeries, TimeStep } from '../chart/time-series.ts'
import styles from './StormCards.module.css'
import { useStorm } from './storm-context.ts'
import { type StepWords, useStepWords } from './use-step-words.ts'

const paces = ['hour', 'day'] as const

/** Received, closed and open, hour by hour or day by day, of all or of one kind and one commune. */
export function StormCourse() {
  const t = useTranslations('storm.course')
  const nameIn = useNameIn()
  const printing = usePrinting()
  const { storm, words, shownOf } = useStorm()
  const [pace, setPace] = useState<(typeof paces)[number]>('hour')
  const [part, setPart] = useState<StormPart>({})
  const inChart = useStepWords(lengthIn(storm, pace))
  const isWhole = !part.kind && !part.area
  // In print the table goes by days: by hours it would fill sheets.
  const tablePace = printing ? 'day' : pace
  const inTable = useStepWords(lengthIn(storm, tablePace))
  const stepOf = (step: StormStep, names: StepWords): TimeStep => {
    const { from, to, open } = step
    const { happened, ended } = stepMarks(step, part)
    return {
      key: from.toISOString(),
      label: names.shortOf(step),
      long: names.longOf(step),
      from: localDayOf(from),
      to: localDayOf(new Date(to.getTime() - 1)),
      isPartial: isGoingOn(storm) && to > storm.asOf,
      values: {
        count: { value: happened.count, ...shownOf(happened) },
        closed: { value: ended.count, ...shownOf(ended) },
        ...(open !== null && { open: { value: open, text: words.number(open), href: null } }),
      },
    }
  }
  const steps = stepsIn(storm, pace, part).map((step) => stepOf(step, inChart))
  const rows = stepsIn(storm, tablePace, part).map((step) => stepOf(step, inTable))
  const series: TimeSeries[] = [
    { key: 'count', label: t('count'), ink: 'var(--accent)' },
    { key: 'closed', label: t('closed'), ink: 'var(--ok)', look: 'dashed' },
    ...(isWhole ? [{ key: 'open', label: t('open'), ink: 'var(--s-approval)', look: 'ghost' as const }] : []),
  ]
  return (
    <ChartCard
      id="storm-course"
      span={12}
      title={t('title')}
      unit={inChart.unit}
      table={{
        heading: t('heading'),
        columns: series.map(({ key, label }) => ({ key, label })),
        rows: rows.map(({ key, long, values }) => ({
          key,
          heading: long,
          cells: series.map((column) => values[column.key] ?? { text: '–' }),
        })),
      }}
      controls={
        <>
          <SelectInput
            className={styles.choice}
            aria-label={t('kind')}
            value={part.kind ?? ''}
            onChange={(event) => setPart({ ...part, kind: event.target.value || null })}
          >
            <option value="">{t('anyKind')}</option>
            {storm.kinds.map((kind) => (
              <option key={kind.code} value={kind.code}>
                {nameIn(kind)}
              </option>
            ))}
          </SelectInput>
          <SelectInput
            className={styles.choice}
            aria-label={t('area')}
            value={part.area ?? ''}
            onChange={({ target: { value } }) =>
              setPart({ ...part, area: value === '' ? null : value === 'none' ? value : Number(value) })
            }
          >
            <option value="">{t('anyArea')}</option>
            {storm.areas.map(({ id, name }) => (
              <option key={id} value={id ?? 'none'}>
                {id === null ? t('noArea') : name}
              </option>
            ))}
          </SelectInput>
          <Segments label={t('pace')}>
            {paces.map((each) => (
              <Segment key={each} on={pace === each} onClick={() => setPace(each)}>
                {t(`paces.${each}`)}
              </Segment>
            ))}
          </Segments>
        </>
      }
      foot={<LateEntered />}
    >
      <TimeChart label={t('title')} series={series} steps={steps} marks={[]} tickOf={words.number} />
    </ChartCard>
  )
}

/** Reports that were recorded afterwards are counted when they happened; readers of the chart have to know that. */
function LateEntered() {
  const t = useTranslations('storm.course')
  const { storm, lengthOf } = useStorm()
  const { lateEntered } = storm
  if (!lateEntered) return null
  return t('lateEntered', {
    count: lateEntered.count,
    lag: lengthOf(lateEntered.medianLag),
  })
}
