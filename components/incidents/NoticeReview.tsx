'use client'

import { useTranslations } from 'next-intl'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { noticeLimits } from '#server/platform/rules/limits.ts'
import { defaultSettings } from '#server/platform/rules/settings.ts'
import type { NoticePreview } from '#server/reports/queries/notice-preview.ts'
import { batchPace, needsSecondPerson, secondPersonAbove } from '#server/reports/rules/answer-batch.ts'
import styles from './Batch.module.css'
import { ReviewFrame } from './ReviewFrame.tsx'

const togetherHours = noticeLimits.togetherSeconds / 3600

type Props = {
  found: NoticePreview | undefined
  error: unknown
  onRetry: () => void
  wantsSecond: boolean
  onBack: () => void
}

/** How many persons a notice reaches, whom not and why, what it leaves unchanged, and an example of its text. */
export function NoticeReview({ found, wantsSecond, ...frame }: Props) {
  const t = useTranslations('incidents.answers')
  const whySecond = ({ recipients, told }: NoticePreview) =>
    needsSecondPerson(recipients)
      ? t('preview.second', { above: secondPersonAbove })
      : t('notice.secondTogether', { above: secondPersonAbove, told, hours: togetherHours })
  const will = found && [
    t('notice.recipients', { count: found.recipients }),
    found.covered > 0 && t('notice.covered', { count: found.covered }),
    found.secondPerson ? whySecond(found) : wantsSecond && t('preview.secondWanted'),
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
