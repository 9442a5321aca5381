'use client'

import { ChevronLeft, ChevronRight, ListFilter, RotateCw } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { FilterConditions } from '#components/reports/queue/FilterConditions.tsx'
import { addressOf } from '#components/reports/queue/use-queue-address.ts'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import styles from './TriageHeader.module.css'
import type { Strip } from './use-strip.ts'

type Props = {
  strip: Strip
  queue: Queue
  choices: Choices | undefined
  onFilter: () => void
  onQueue: (queue: Queue) => void
}

/** How much is left and the pace; the filters; what has arrived since. */
export function TriageHeader({ strip, queue, choices, onFilter, onQueue }: Props) {
  const t = useTranslations('triage')
  const format = useFormat()
  const { left, isMore, fresh, triageSession, list } = strip
  const count = isMore ? format.cappedCount(left + 1, left) : format.number(left)
  return (
    // Nothing here leads away from a report while a form about it is filled in.
    <header className={styles.header} inert={strip.busy === 'form'}>
      <h1 className={styles.title}>{t('title')}</h1>
      <p className={styles.counter}>
        {triageSession.median === null
          ? t('left', { count })
          : t('leftWithMedian', { count, seconds: format.number(triageSession.median) })}
        {triageSession.decided > 0 && (
          <span className={styles.decided}> · {t('decided', { count: triageSession.decided })}</span>
        )}
      </p>
      <div className={styles.filters}>
        <FilterConditions queue={queue} choices={choices} onFilter={onFilter} onQueue={onQueue} />
        <IconButton label={t('filter')} command="triage.filter" size="small" onClick={onFilter}>
          <ListFilter />
        </IconButton>
        <span role="status">
          {fresh > 0 && (
            <Button
              size="small"
              icon={<RotateCw />}
              command="triage.loadNew"
              busy={list.isReloading}
              onClick={strip.loadNew}
            >
              {t('fresh', { count: fresh })}
            </Button>
          )}
        </span>
      </div>
      <div className={styles.tools}>
        <Link className={styles.list} href={addressOf(queue)}>
          {t('asList')}
        </Link>
        <IconButton label={t('back')} command="triage.previous" onClick={() => void strip.goBack()}>
          <ChevronLeft />
        </IconButton>
        <IconButton label={t('later')} command="triage.next" onClick={() => void strip.goOn()}>
          <ChevronRight />
        </IconButton>
      </div>
    </header>
  )
}
