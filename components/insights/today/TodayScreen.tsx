'use client'

import { ArrowRight, Info } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useFormat } from '#components/ui/use-format.ts'
import type { Today } from '#server/insights/queries/today.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { Changes } from './Changes.tsx'
import { Figures, OnTime } from './Figures.tsx'
import { Risks } from './Risks.tsx'
import styles from './TodayScreen.module.css'
import { useRiskWords } from './use-risk-words.ts'

/** What a leader or the head of an agency reads at half past seven, and what they can do about it. */
export function TodayScreen({ today }: { today: Today }) {
  const t = useTranslations('today')
  const format = useFormat()
  const { asOf, agency, changes, risks, week } = today
  return (
    <>
      <header className={styles.head}>
        <p className={styles.frame}>
          <span className={styles.day}>
            {format.weekday(asOf)}, {format.date(asOf)}
          </span>
          <span>{agency?.name ?? t('whole')}</span>
          <span className={styles.quiet}>{t('at', { time: format.time(asOf) })}</span>
        </p>
        <h1 className={styles.headline}>
          <HeadlineWords today={today} />
        </h1>
      </header>
      <Changes changes={changes} minutesPerDay={week.minutesPerDay} />
      {changes.weighed > 0 && (
        <p className={styles.chance}>
          <Info size={14} aria-hidden="true" />
          {t('changes.chance', { unclear: changes.unclear, weighed: changes.weighed })}
        </p>
      )}
      <div className={styles.columns}>
        <Risks risks={risks} today={localDayOf(asOf)} />
        <aside className={styles.side}>
          <OnTime onTime={today.onTime} minutesPerDay={week.minutesPerDay} />
          <Figures figures={today.figures} minutesPerDay={week.minutesPerDay} />
          <Link className={styles.board} href="/insights">
            {t('board')}
            <ArrowRight size={14} aria-hidden="true" />
          </Link>
        </aside>
      </div>
    </>
  )
}

/** One sentence; its two figures open their reports. */
function HeadlineWords({ today: { headline, asOf } }: { today: Today }) {
  const t = useTranslations('today.headline')
  const { briefOf } = useRiskWords(localDayOf(asOf))
  const { urgent, most, next } = headline
  if (!urgent && !next) return t('calm')
  const mostWords = ({ name, count }: NonNullable<typeof most>) =>
    name === null ? t('unassigned', { count }) : t('most', { count, agency: name })
  const linked = (href: string, look?: 'late') => (words: ReactNode) => (
    <DrillLink href={href} className={look ? styles.late : styles.open}>
      {words}
    </DrillLink>
  )
  return (
    <>
      {urgent ? t.rich('urgent', { count: urgent.count, open: linked(urgent.href, 'late') }) : t('quiet')}
      {urgent && most && most.count < urgent.count && mostWords(most)}
      {next ? t.rich('next', { what: briefOf(next), open: linked(next.href) }) : t('end')}
    </>
  )
}
