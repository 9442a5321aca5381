'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { correctionsOf, isMixUnchecked } from '#server/insights/rules/issued.ts'
import type { Weekly } from '#server/insights/rules/weekly.ts'
import type { Say } from '#server/insights/rules/weekly-words.ts'
import styles from './IssuedReport.module.css'

/** Each figure of an issued report that reads differently when it is counted again now. */
export function Corrections({ id, issued }: { id: string; issued: Weekly }) {
  const t = useTranslations('weekly.issued.corrections')
  // The texts take whole keys, so that the mail can say the same with a different translator.
  const say = useTranslations() as unknown as Say
  const locale = useLocale()
  const trpc = useTRPC()
  const { data: now, error, refetch } = useQuery({ ...trpc.insights.issuedNow.queryOptions(id), staleTime: 60_000 })
  const corrections = now ? correctionsOf(issued, now, say, locale) : []
  return (
    <section className={styles.corrections} aria-labelledby="corrections" aria-busy={(!now && !error) || undefined}>
      <h2 id="corrections">{t('title')}</h2>
      {error && !now && <ErrorState error={error} onRetry={() => void refetch()} />}
      <p role="status">
        {now
          ? corrections.length === 0
            ? t('none')
            : t('sentence', { count: corrections.length })
          : !error && t('waiting')}
      </p>
      {now && isMixUnchecked(issued, now) && <p>{t('mixUnchecked')}</p>}
      {corrections.length > 0 && (
        <dl>
          {corrections.map(({ key, label, issued: before, now: after }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>{t('line', { issued: before, now: after })}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
