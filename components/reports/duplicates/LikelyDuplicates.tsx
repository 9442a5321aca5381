'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useReportDesk } from '#components/reports/report/desk.ts'
import styles from '#components/reports/report/Side.module.css'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import { CompareDialog } from './CompareDialog.tsx'
import { useDuplicateWords } from './use-duplicate-words.ts'

/** Probable duplicates, with match reasons: to compare, and then to merge or link. */
export function LikelyDuplicates() {
  const t = useTranslations('report.duplicates')
  const states = useTranslations('reports.states')
  const trpc = useTRPC()
  const wordsOf = useDuplicateWords()
  const { report, goTo } = useReportDesk()
  const [compared, setCompared] = useState<LikelyDuplicate | null>(null)
  const isPlaced = report.point !== null || report.address !== ''
  const { data, isPending } = useQuery({
    ...trpc.reports.likelyDuplicates.queryOptions(report.id),
    enabled: isPlaced,
  })
  const found = (data?.found ?? []).filter(({ id }) => id !== report.linkedTo?.id)
  return (
    <section className={styles.section}>
      <SectionLabel as="h2" {...(found.length > 0 && { count: found.length })}>
        {t('title')}
      </SectionLabel>
      {isPlaced && isPending && <Skeleton height={44} />}
      {found.length === 0 && (data || !isPlaced) && (
        <p className={styles.note}>{t(data?.isComparable ? 'none' : 'noPoint')}</p>
      )}
      <ul className={styles.list}>
        {found.map((each) => (
          <li key={each.id} className={styles.item}>
            <div className={styles.itemText}>
              <button type="button" className={styles.link} onClick={() => goTo(each.code)} lang="vi">
                {each.title}
              </button>
              <p className={styles.note}>{wordsOf(each, report.receivedAt)}</p>
              <StatusChip status={each.state} variant="plain">
                {states(each.state)}
              </StatusChip>
            </div>
            <Button size="small" aria-label={t('compareWith', { code: each.code })} onClick={() => setCompared(each)}>
              {t('compare')}
            </Button>
          </li>
        ))}
      </ul>
      {compared && <CompareDialog report={report} other={compared} onClose={() => setCompared(null)} />}
    </section>
  )
}
