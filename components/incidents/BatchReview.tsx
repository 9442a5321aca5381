'use client'

import { useTranslations } from 'next-intl'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { defaultSettings } from '#server/platform/rules/settings.ts'
import type { BatchPreview } from '#server/reports/queries/batch-preview.ts'
import { batchPace, secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import styles from './Batch.module.css'
import { ReviewFrame } from './ReviewFrame.tsx'

type Props = {
  found: BatchPreview | undefined
  error: unknown
  onRetry: () => void
  wantsSecond: boolean
  onBack: () => void
}

/** What an answer to all will do, with three rendered examples. */
export function BatchReview({ found, wantsSecond, ...frame }: Props) {
  const t = useTranslations('incidents.answers.preview')
  const secondPerson = wantsSecond || found?.secondPerson ? 'yes' : 'no'
  const will = found && [
    t('recipients', { count: found.recipients }),
    found.needApproval > 0 && t('needApproval', { count: found.needApproval, secondPerson }),
    found.secondPerson ? t('second', { above: secondPersonAbove }) : wantsSecond && t('secondWanted'),
    found.recipients > 0 && t('pace', { ...batchPace, undo: defaultSettings.undoSeconds }),
    found.recipients > 0 && t('figures'),
  ]
  return (
    <ReviewFrame {...frame} found={found} will={will ?? []}>
      {found?.samples.map(({ code, title, words }) => (
        <blockquote key={code} className={styles.sample} lang="vi" style={{ margin: 0 }}>
          <span className={styles.label}>
            <WholeCodes>{code}</WholeCodes> · {title}
          </span>
          <p>{words.what}</p>
          <p className={styles.label}>{[words.where, words.when, words.next].filter(Boolean).join(' · ')}</p>
        </blockquote>
      ))}
    </ReviewFrame>
  )
}
