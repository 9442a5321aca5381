'use client'

import { Camera, Check, ImageOff, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTimeApart } from '#components/reports/duplicates/use-duplicate-words.ts'
import { photoAddress } from '#components/reports/photos/photo-address.ts'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { compared } from '#server/reports/rules/compared.ts'
import styles from './CandidateCard.module.css'
import { Marked } from './Marked.tsx'
import { useComparedWords } from './use-compared-words.ts'

type Props = {
  report: ReportView
  candidate: LikelyDuplicate
  /** Its key. */
  digit: number
  id: string
  isChosen: boolean
  onChoose: () => void
}

/** A likely duplicate with all that decides: photo, distance, age, text, what agrees and differs, state, people. */
export function CandidateCard({ report, candidate, digit, id, isChosen, onChoose }: Props) {
  const t = useTranslations('triage.duplicates')
  const states = useTranslations('reports.states')
  const places = useTranslations('report.duplicates')
  const apartOf = useTimeApart()
  const wordsOf = useComparedWords()
  const { agrees, differs } = useMemo(() => compared(report, candidate), [report, candidate])
  const { photoId, photoCount } = candidate
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className={styles.card}
      // The listbox keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={styles.photo}>
        {photoId ? (
          // biome-ignore lint/performance/noImgElement: an image service would need the sign-in
          <img src={photoAddress(photoId, 'thumb')} alt="" decoding="async" />
        ) : (
          <span className={styles.none}>
            <ImageOff size={16} aria-hidden="true" /> {t('noPhoto')}
          </span>
        )}
        <span className={styles.digit}>{digit}</span>
        {photoCount > 1 && (
          <span className={styles.count}>
            <Camera size={13} aria-hidden="true" /> {photoCount}
          </span>
        )}
      </span>
      <span className={styles.where}>
        <span>
          {candidate.metres === null
            ? [places('sameLane'), candidate.areaName].filter(Boolean).join(', ')
            : places(candidate.isByAddress ? 'awayByAddress' : 'away', { metres: candidate.metres })}
        </span>
        <span>{apartOf(candidate, report.receivedAt)}</span>
      </span>
      <span className={styles.title} lang="vi">
        {candidate.title}
      </span>
      <span className={styles.body} lang="vi">
        <Marked text={candidate.body} other={report} />
      </span>
      <span className={styles.facts}>
        {agrees.map((each) => (
          <span key={each.kind} className={styles.agrees}>
            <Check size={14} aria-hidden="true" />
            <span>{wordsOf.agreement(each)}</span>
          </span>
        ))}
        {differs.map((each) => (
          <span key={each.kind} className={styles.differs}>
            <X size={14} aria-hidden="true" />
            <span>{wordsOf.difference(each, candidate)}</span>
          </span>
        ))}
      </span>
      <span className={styles.foot}>
        <StatusChip status={candidate.state} variant="plain">
          {states(candidate.state)}
        </StatusChip>
        <span>{t('people', { count: 1 + candidate.mergedCount + candidate.linkedCount })}</span>
        <span className={styles.code}>
          <WholeCodes>{candidate.code}</WholeCodes>
        </span>
      </span>
    </button>
  )
}
