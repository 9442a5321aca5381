'use client'

import { useTranslations } from 'next-intl'
import { useReportDesk } from './desk.ts'
import styles from './ReportView.module.css'

/** What one must know before anything else: the report is another agency's now, or follows another report. */
export function Notices() {
  const t = useTranslations('report')
  const { report, goTo } = useReportDesk()
  const { mergedInto } = report
  if (!report.isPast && !mergedInto) return null
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
