'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { mayDo, useReportDesk } from './desk.ts'
import styles from './Side.module.css'

const limits = { metres: 150, hours: 72 }

/** Reports that may be about the same matter, to open or to merge into. */
export function Nearby() {
  const t = useTranslations('report')
  const words = useTranslations('reports.states')
  const trpc = useTRPC()
  const { report, open, goTo } = useReportDesk()
  const { data, isPending } = useQuery({
    ...trpc.reports.nearby.queryOptions(report.id),
    enabled: report.point !== null,
  })
  const found = data ?? []
  return (
    <section className={styles.section}>
      <SectionLabel as="h2" {...(found.length > 0 && { count: found.length })}>
        {t('sections.nearby')}
      </SectionLabel>
      {report.point === null && <p className={styles.note}>{t('nearby.noPoint')}</p>}
      {report.point !== null && isPending && <Skeleton height={44} />}
      {data?.length === 0 && <p className={styles.note}>{t('nearby.none', limits)}</p>}
      <ul className={styles.list}>
        {found.map((each) => (
          <li key={each.id} className={styles.item}>
            <div className={styles.itemText}>
              <button type="button" className={styles.link} onClick={() => goTo(each.code)} lang="vi">
                {each.title}
              </button>
              <p className={styles.note}>
                {t('nearby.away', { metres: each.metres })} · <TimeText at={each.receivedAt} /> ·{' '}
                <StatusChip status={each.state} variant="plain">
                  {words(each.state)}
                </StatusChip>
              </p>
            </div>
            {mayDo(report, 'merge') && (
              <Button
                size="small"
                aria-label={t('nearby.mergeInto', { code: each.code })}
                onClick={() => open('merge', { intoReportId: each.id }, { intoReportId: each.code })}
              >
                {t('nearby.merge')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
