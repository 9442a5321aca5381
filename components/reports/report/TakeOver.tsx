'use client'

import { UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useReportAction } from '#components/reports/moves/use-report-action.ts'
import { Button } from '#components/ui/Button.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import styles from './TakeOver.module.css'

type Props = {
  report: ReportView
  holder: NonNullable<ReportView['onlyAssignee']>
  myself: { id: string; name: string }
  onTaken: () => void
}

/** Says whose answer it is. The text below stays, and with one click the user takes the report over to send it. */
export function TakeOver({ report, holder: { name, mayTakeOver }, myself, onTaken }: Props) {
  const t = useTranslations('report.composer.another')
  const done = useTranslations('report.done')
  const toast = useToast()
  // Whatever the account's setting after a save: here the work goes on in the box.
  const run = useReportAction(report)
  const take = async () => {
    const taken = run('assign_person', { accountId: myself.id }, { accountId: myself.name })
    onTaken()
    const outcome = await taken
    if (!outcome.ok) toast({ text: done('refused', { code: report.code, reason: outcome.reason }), tone: 'failure' })
  }
  return (
    <section className={styles.notice} role="status" aria-label={t('label')}>
      <UserRound size={16} aria-hidden="true" />
      <div className={styles.body}>
        <div className={styles.words}>
          <p className={styles.title}>{t('title', { name })}</p>
          <p className={styles.hint}>{t(mayTakeOver ? 'hint' : 'elsewhere', { name })}</p>
        </div>
        {mayTakeOver && (
          <Button size="small" onClick={() => void take()}>
            {t('takeOver')}
          </Button>
        )}
      </div>
    </section>
  )
}
