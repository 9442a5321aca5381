'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useFormat } from '#components/ui/use-format.ts'
import type { AfterAction } from '#server/after-action/queries/after-action.ts'
import styles from './AfterAction.module.css'
import { FigureLink } from './FigureLink.tsx'
import detail from './IncidentDetail.module.css'
import { useLengthWords } from './use-length-words.ts'

/** The figures of an after-action page, each with its definition. */
export function AfterFigures({ came }: { came: AfterAction }) {
  const t = useTranslations('incidents.after')
  const format = useFormat()
  const lengthOf = useLengthWords()
  const { figures, incident, peak } = came
  if (!figures) return null
  const link = (count: 'total' | 'handled' | 'open') => (
    <FigureLink incidentId={incident.id} count={count} value={figures[count]} />
  )
  const median =
    came.medianMinutesToAnswer !== null
      ? lengthOf(came.medianMinutesToAnswer)
      : came.urgent > 0
        ? t('notReached', { open: figures.urgentOpen, all: came.urgent })
        : t('none')
  return (
    <section aria-label={t('numbers')} className={detail.figures}>
      <Figure label={t('reports')} value={link('total')} />
      <Figure label={t('citizens')} value={format.number(came.citizens)} note={t('citizensHint')} />
      <Figure
        label={t('handled')}
        value={link('handled')}
        note={figures.handledPercent === null ? undefined : format.percent(figures.handledPercent / 100)}
      />
      <Figure label={t('open')} value={link('open')} />
      <Figure
        label={t('median')}
        value={<span className={came.medianMinutesToAnswer === null ? styles.words : undefined}>{median}</span>}
        note={t('medianHint')}
      />
      <Figure
        label={t('peak')}
        value={peak ? format.number(peak.open) : '–'}
        note={peak ? t('peakAt', { at: format.dateTime(peak.at) }) : undefined}
      />
      <Figure label={t('bulletins')} value={format.number(came.bulletins)} />
    </section>
  )
}

function Figure({ label, value, note }: { label: string; value: ReactNode; note?: string | undefined }) {
  return (
    <div className={detail.figure}>
      <span className={detail.label}>{label}</span>
      <span className={detail.value}>{value}</span>
      {note && <span className={styles.note}>{note}</span>}
    </div>
  )
}
