'use client'

import { CloudUpload, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { draftKey, takeDraft, writeDraft } from '#components/reports/report/drafts.ts'
import { useReportCache } from '#components/reports/report/use-report.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Button } from '#components/ui/Button.tsx'
import { useOnline } from '#components/ui/use-online.ts'
import { dropWaiting, isAccept, isAnswer, useOutbox, type WaitingAccept, type WaitingAnswer } from './outbox.ts'
import styles from './RefusedNotes.module.css'

type Deed = WaitingAccept | WaitingAnswer

type OnReport = { accountId: string; reportId: number; onAnswer: (() => void) | undefined }

/** On a report: what was done to it and waits for a line, to be taken back until it has gone out; or what was refused, and why. */
export function WaitingDeedsOn({ accountId, reportId, onAnswer }: OnReport) {
  const t = useTranslations('outbox')
  const { refreshShown } = useReportCache()
  const isOnline = useOnline()
  const own = useDeeds(accountId).filter((deed) => deed.reportId === reportId)
  const takeBack = (deed: Deed) => {
    if (isAnswer(deed)) putIntoBox(deed)
    dropWaiting(deed)
    void refreshShown(deed.code)
    if (isAnswer(deed)) onAnswer?.()
  }
  return own
    .filter(({ refusal, isLate }) => refusal || isLate || !isOnline)
    .map((deed) => {
      const title = t(deed.refusal ? `deeds.${deed.kind}.refusedHere` : `deeds.${deed.kind}.waits`)
      return (
        <DeedCard key={deed.id} deed={deed} title={title}>
          {deed.refusal && isAccept(deed) ? (
            <Button size="small" variant="quiet" onClick={() => dropWaiting(deed)}>
              {t('understood')}
            </Button>
          ) : (
            <Button size="small" onClick={() => takeBack(deed)}>
              {t(`deeds.${deed.kind}.takeBack`)}
            </Button>
          )}
        </DeedCard>
      )
    })
}

/** Wherever they were done: the report may have gone out of sight. */
export function RefusedDeeds({ accountId }: { accountId: string }) {
  const t = useTranslations('outbox')
  const refused = useDeeds(accountId).filter(({ refusal }) => refusal)
  return refused.map((deed) => (
    <DeedCard key={deed.id} deed={deed} title={t(`deeds.${deed.kind}.refusedOn`, { code: deed.code })}>
      <Link className={styles.open} href={`/reports/${deed.code}`}>
        {t('open')}
      </Link>
    </DeedCard>
  ))
}

function useDeeds(accountId: string): Deed[] {
  return useOutbox(accountId).filter((waiting) => isAccept(waiting) || isAnswer(waiting))
}

function DeedCard({ deed, title, children }: { deed: Deed; title: string; children: ReactNode }) {
  const t = useTranslations('outbox')
  const textOf = useRefusalText()
  const Sign = deed.refusal ? TriangleAlert : CloudUpload
  return (
    <section className={styles.card} aria-label={title}>
      <p className={styles.title}>
        <Sign size={15} aria-hidden="true" />
        {title}
      </p>
      <p className={styles.reason}>{deed.refusal ? textOf(deed.refusal) : t(`deeds.${deed.kind}.words`)}</p>
      {isAnswer(deed) && (
        <p className={styles.words} lang="vi">
          {[deed.what, deed.where, deed.when, deed.next].filter(Boolean).join('\n')}
        </p>
      )}
      <div className={styles.actions}>{children}</div>
    </section>
  )
}

/** What stands in the box already stays there, below these. */
function putIntoBox({ accountId, reportId, what, where, when, next }: WaitingAnswer): void {
  const key = draftKey(accountId, reportId, 'answer')
  const there = takeDraft(key) as { what?: string } | undefined
  const whole = there?.what?.trim() ? `${what}\n\n${there.what}` : what
  writeDraft(key, { what: whole, where, when, next, without: [] })
}
