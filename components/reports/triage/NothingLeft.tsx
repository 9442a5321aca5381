'use client'

import { CircleCheckBig, FilterX } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { addressOf } from '#components/reports/queue/use-queue-address.ts'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { isFiltered, type Queue, queueOf } from '#server/reports/rules/queue.ts'
import { triageStart } from '#server/reports/rules/triage.ts'
import styles from './NothingLeft.module.css'
import type { Strip } from './use-strip.ts'

type Props = { queue: Queue; strip: Strip; onQueue: (queue: Queue) => void; onFilter: () => void }

/** Everything is decided: what was done, and where work waits next. */
export function NothingLeft({ queue, strip, onQueue, onFilter }: Props) {
  const t = useTranslations('triage.done')
  const names = useTranslations('reports.queue.views.names')
  const format = useFormat()
  const { decided, median } = strip.triageSession
  useCommands('triage', {
    'triage.filter': onFilter,
    'triage.loadNew': strip.loadNew,
    'triage.previous': strip.goBack,
  })
  if (isFiltered(queue)) {
    return (
      <EmptyState
        icon={FilterX}
        title={t('filteredTitle')}
        action={<Button onClick={() => onQueue(triageStart)}>{t('dropFilter')}</Button>}
      >
        {t('filteredSentence')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={CircleCheckBig}
      title={t('title')}
      action={
        <p className={styles.ways}>
          {(['citizen_replied', 'due_soon', 'referee'] as const).map((view) => (
            <Link key={view} href={addressOf(queueOf(view))}>
              {names(view)}
            </Link>
          ))}
        </p>
      }
    >
      {decided > 0 && median !== null
        ? t('summary', { count: decided, seconds: format.number(median) })
        : t('sentence')}
    </EmptyState>
  )
}
