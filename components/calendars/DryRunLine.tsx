'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleCheck, Hourglass, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import type { CalendarChange } from '#server/calendars/rules/schemas.ts'
import styles from './DryRunLine.module.css'

/** How many open deadlines the change would move, counted by really making the change and reverting it. */
export function DryRunLine({ change }: { change: CalendarChange }) {
  const t = useTranslations('calendars.dryRun')
  const textOf = useRefusalText()
  const trpc = useTRPC()
  const { data, error, isPending } = useQuery({
    ...trpc.figures.dryRun.queryOptions(change),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })
  if (isPending) {
    return (
      <p className={styles.line} role="status">
        <Hourglass size={16} aria-hidden="true" />
        {t('counting')}
      </p>
    )
  }
  if (error) {
    return (
      <p className={styles.late} role="status">
        <TriangleAlert size={16} aria-hidden="true" />
        {textOf(error)}
      </p>
    )
  }
  const { moved, earlier, later, newlyOverdue } = data
  if (moved === 0) {
    return (
      <p className={styles.line} role="status">
        <CircleCheck size={16} aria-hidden="true" />
        {t('none')}
      </p>
    )
  }
  const both = earlier > 0 && later > 0 ? 'yes' : 'no'
  return (
    <div role="status">
      <p className={styles.soon}>
        <Hourglass size={16} aria-hidden="true" />
        {t('some', { moved, earlier, later, both })}
      </p>
      {newlyOverdue > 0 && (
        <p className={styles.late}>
          <TriangleAlert size={16} aria-hidden="true" />
          {t('overdue', { count: newlyOverdue })}
        </p>
      )}
    </div>
  )
}
