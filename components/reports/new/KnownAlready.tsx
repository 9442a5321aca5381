'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useDuplicateWords } from '#components/reports/duplicates/use-duplicate-words.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useNow } from '#components/ui/use-now.ts'
import { useSettled } from '#components/ui/use-settled.ts'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import styles from './NewReport.module.css'
import type { NewReportDraft } from './new-report-draft.ts'

const pause = 400
const mostWords = 1000

/** A title can be compared, or a place within a category. */
const isEnough = ({ title, point, categoryCode }: Pick<NewReportDraft, 'title' | 'point' | 'categoryCode'>): boolean =>
  title.trim() !== '' || (point !== null && categoryCode !== '')

/** Reports that are probably the same, shown before one is entered again. Opens beside the form. */
export function KnownAlready({ draft }: { draft: NewReportDraft }) {
  const t = useTranslations('report.duplicates')
  const states = useTranslations('reports.states')
  const trpc = useTRPC()
  const wordsOf = useDuplicateWords()
  const now = useNow()
  const asked = useSettled(
    JSON.stringify({
      title: draft.title,
      body: draft.body.slice(0, mostWords),
      categoryCode: draft.categoryCode,
      address: draft.address,
      point: draft.point,
    }),
    pause,
  )
  const { data } = useQuery({
    ...trpc.reports.duplicatesOfDraft.queryOptions(JSON.parse(asked)),
    enabled: isEnough(JSON.parse(asked)),
    placeholderData: (before) => before,
  })
  if (!data || data.length === 0 || !isEnough(draft)) return null
  return (
    <section className={styles.known} aria-label={t('draft')} aria-live="polite">
      <h3 className={styles.hint}>{t('draft')}</h3>
      <ul>
        {data.map((each) => (
          <li key={each.id}>
            <a href={`/reports/${each.code}`} target="_blank" rel="noopener noreferrer" lang="vi">
              {each.title}
            </a>
            <p className={styles.hint}>
              <WholeCodes>{each.code}</WholeCodes> · {wordsOf(each, now)} ·{' '}
              <StatusChip status={each.state} variant="plain">
                {states(each.state)}
              </StatusChip>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
