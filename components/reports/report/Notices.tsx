'use client'

import { useTranslations } from 'next-intl'
import { useLink } from '#components/reports/duplicates/use-link.ts'
import { Button } from '#components/ui/Button.tsx'
import { LinkButton } from '#components/ui/LinkButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { answerInCard } from './AnswerCard.tsx'
import { useReportDesk } from './desk.ts'
import styles from './ReportView.module.css'

/**
 * What must be known first: the report belongs to another agency now, follows another report, or its answer was sent
 * back.
 */
export function Notices() {
  const t = useTranslations('report')
  const { report, goTo } = useReportDesk()
  const { mergedInto, linkedTo } = report
  // With the timeline in its own column the card of the answer is visible; in one column it would come after the photos
  // and the map.
  const remarks = answerInCard(report)?.remarks
  if (!report.isPast && !mergedInto && !linkedTo) {
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
            link: (words) => <LinkButton onClick={() => goTo(mergedInto.code)}>{words}</LinkButton>,
          })}{' '}
          <UnmergeWords />
        </p>
      )}
      {linkedTo && <LinkNotice linkedTo={linkedTo} />}
    </div>
  )
}

/** How long the merge can still be undone, or why it cannot. */
function UnmergeWords() {
  const t = useTranslations('report.duplicates')
  const format = useFormat()
  const { report } = useReportDesk()
  const unmerge = report.moves.find(({ move }) => move === 'unmerge')
  const until = report.windows.unmergeUntil
  if (!unmerge || !until) return null
  if (unmerge.refusalReason === 'reporter_answered' || unmerge.refusalReason === 'window_passed') {
    return t(`stands.${unmerge.refusalReason}`)
  }
  return t('unmergeUntil', { when: format.dateTime(until) })
}

/** The report whose answer its reporter gets as well, with undo as long as that is possible. */
function LinkNotice({ linkedTo }: { linkedTo: NonNullable<ReportView['linkedTo']> }) {
  const t = useTranslations('report')
  const { report, goTo } = useReportDesk()
  const { unlink } = useLink()
  return (
    <p>
      {t.rich('duplicates.linkedTo', {
        code: linkedTo.code,
        link: (words) => <LinkButton onClick={() => goTo(linkedTo.code)}>{words}</LinkButton>,
      })}{' '}
      {report.acts.includes('unlink_report') && (
        <Button
          size="small"
          variant="quiet"
          reason={linkedTo.refusalReason === null ? undefined : t(`duplicates.stands.${linkedTo.refusalReason}`)}
          onClick={() => void unlink(report, linkedTo.code)}
        >
          {t('duplicates.unlink')}
        </Button>
      )}
    </p>
  )
}
