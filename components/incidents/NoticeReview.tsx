'use client'

import { useTranslations } from 'next-intl'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { defaultSettings } from '#server/platform/rules/settings.ts'
import type { NoticePreview } from '#server/reports/queries/notice-preview.ts'
import { batchPace, secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import styles from './Batch.module.css'
import { ReviewFrame } from './ReviewFrame.tsx'

type Props = {
  found: NoticePreview | undefined
  error: unknown
  onRetry: () => void
  wantsSecond: boolean
  onBack: () => void
}

/** How many persons a notice reaches, whom not and why, what it leaves as it is, and how it reads. */
export function NoticeReview({ found, wantsSecond, ...frame }: Props) {
  const t = useTranslations('incidents.answers')
  const will = found && [
    t('notice.recipients', { count: found.recipients }),
    found.covered > 0 && t('notice.covered', { count: found.covered }),
    found.secondPerson ? t('preview.second', { above: secondPersonAbove }) : wantsSecond && t('preview.secondWanted'),
    found.recipients > 0 && t('notice.pace', { ...batchPace, undo: defaultSettings.undoSeconds }),
    found.recipients > 0 && t('notice.written'),
    found.recipients > 0 && t('notice.figures'),
  ]
  return (
    <ReviewFrame {...frame} found={found} will={will ?? []}>
      {found?.samples.map(({ code, title, body }) => (
        <blockquote key={code} className={styles.sample} lang="vi" style={{ margin: 0 }}>
          <span className={styles.label}>
            <WholeCodes>{code}</WholeCodes> · {title}
          </span>
          <p>{body}</p>
        </blockquote>
      ))}
    </ReviewFrame>
  )
}
