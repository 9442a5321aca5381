'use client'

import { useTranslations } from 'next-intl'
import { answerInCard } from './AnswerCard.tsx'
import { useReportDesk } from './desk.ts'
import styles from './ReportView.module.css'

/** What one must know before anything else: the report is another agency's now, follows another report, or its answer came back. */
export function Notices() {
  const t = useTranslations('report')
  const { report, goTo } = useReportDesk()
  const { mergedInto } = report
  // Beside the story the card of the answer stands in sight; in one column it would come after the photos and the map.
  const remarks = answerInCard(report)?.remarks
  if (!report.isPast && !mergedInto) {
    return remarks ? (
      <p className={styles.remarks}>
        <strong>{t('answer.statuses.sent_back')}</strong> {remarks}
      </p>
    ) : null
  }
  return (
    <div className={styles.notices}>
      {report.isPast && <p>{t('past')}</p>}
      {mergedInto && (
        <p>
          {t.rich('mergedInto', {
            code: mergedInto.code,
            link: (words) => (
              <button type="button" className={styles.inlineLink} onClick={() => goTo(mergedInto.code)}>
                {words}
              </button>
            ),
          })}
        </p>
      )}
    </div>
  )
}
