'use client'

import { ArrowLeftRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useRefusalReasonText } from '#components/reports/moves/use-refusal-reason-words.ts'
import { useReportActionOn } from '#components/reports/moves/use-report-action.ts'
import { useReport } from '#components/reports/report/use-report.ts'
import { Button } from '#components/ui/Button.tsx'
import { Dialog, DialogActions, DialogContent, DialogTitle } from '#components/ui/Dialog.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import styles from './Compare.module.css'
import type { CompareProps } from './CompareDialog.tsx'
import { ComparedReport } from './ComparedReport.tsx'
import { useDuplicateWords } from './use-duplicate-words.ts'
import { useLink } from './use-link.ts'

export function ComparePanel({ report, other: found, onClose }: CompareProps) {
  const t = useTranslations('report.duplicates')
  const id = useId()
  const wordsOf = useDuplicateWords()
  const refusalReasonOf = useRefusalReasonText()
  const toast = useToast()
  const run = useReportActionOn()
  const { link } = useLink()
  const asked = useReport(found.code)
  const [swapped, setSwapped] = useState(false)
  const [busy, setBusy] = useState(false)
  const other = asked.data
  // A report that others already follow stays the canonical one; else the earlier one.
  const isOwn = report.citizens > 1 || (!found.isCanonical && report.receivedAt <= found.receivedAt)
  const [canonical, follower] = isOwn === swapped ? [other, report] : [report, other]

  const merge = follower?.moves.find(({ move }) => move === 'merge')
  const followed = follower && follower.citizens > 1
  const reasonFor = (isAllowed: boolean | undefined, why: 'notAllowed' | 'mergeByLeads') =>
    followed ? t('followed', { code: follower.code }) : isAllowed ? undefined : t(why)
  const mergeReason =
    merge?.refusalReason && follower
      ? refusalReasonOf(merge.refusalReason, follower.state)
      : reasonFor(merge !== undefined, 'mergeByLeads')

  const join = async (way: 'merge' | 'link') => {
    if (!canonical || !follower) return
    setBusy(true)
    const done =
      way === 'link'
        ? await link(follower, canonical)
        : await run(follower, 'merge', { intoReportId: canonical.id }, { intoReportId: canonical.code })
    if (done.ok) return onClose()
    setBusy(false)
    toast({ text: done.reason, tone: 'failure' })
  }
  return (
    <Dialog open onClose={busy ? undefined : onClose} maxWidth="lg" fullWidth aria-labelledby={`${id}-title`}>
      <DialogTitle id={`${id}-title`}>{t('dialog')}</DialogTitle>
      <DialogContent>
        <p className={styles.grounds}>{wordsOf(found, report.receivedAt)}</p>
        {asked.isError && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
        <div className={styles.sides}>
          <ComparedReport report={report} isCanonical={canonical === report} />
          {other ? <ComparedReport report={other} isCanonical={canonical === other} /> : <Skeleton height={320} />}
        </div>
        {canonical && follower && (
          <div className={styles.choice}>
            <p>
              <WholeCodes>{t('follows', { follower: follower.code, canonical: canonical.code })}</WholeCodes>
            </p>
            <Button size="small" icon={<ArrowLeftRight />} onClick={() => setSwapped(!swapped)}>
              {t('swap')}
            </Button>
          </div>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('leave')}
        </Button>
        <Button
          busy={busy}
          reason={reasonFor(follower?.acts.includes('link_report'), 'notAllowed')}
          onClick={() => void join('link')}
        >
          {t('link')}
        </Button>
        <Button variant="primary" busy={busy} reason={mergeReason} onClick={() => void join('merge')}>
          {t('merge')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
