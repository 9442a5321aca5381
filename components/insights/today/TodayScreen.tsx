'use client'

import { ArrowRight, Info } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { Today } from '#server/insights/queries/today.ts'
import { coordinatedWords } from '#server/insights/rules/coordinated.ts'
import { boardAddress, noBoardFilters } from '#server/insights/rules/filters.ts'
import { todayAddress } from '#server/insights/rules/today.ts'
import type { Say } from '#server/insights/rules/weekly-words.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { Changes } from './Changes.tsx'
import { Explanations } from './Explanations.tsx'
import { Figures, OnTime } from './Figures.tsx'
import { Risks } from './Risks.tsx'
import styles from './TodayScreen.module.css'
import { useTodayWords } from './use-today-words.ts'

/** What a leader or the head of an agency reads at half past seven, and what they can do about it. */
export function TodayScreen({ today }: { today: Today }) {
  const t = useTranslations('today')
  const say = useTranslations() as unknown as Say
  const format = useFormat()
  const { asOf, changes, risks, week } = today
  const day = localDayOf(asOf)
  return (
    <>
      <header className={styles.head}>
        <div className={styles.frame}>
          <span className={styles.day}>
            {format.weekday(asOf)}, {format.date(asOf)}
          </span>
          <Scope today={today} />
          <span className={styles.quiet}>{t('at', { time: format.time(asOf) })}</span>
        </div>
        <h1 className={styles.headline}>
          <HeadlineWords today={today} />
        </h1>
        {today.coordinated && <p className={styles.quiet}>{coordinatedWords(today.coordinated, say)}</p>}
      </header>
      <Changes changes={changes} today={day} minutesPerDay={week.minutesPerDay} />
      {changes.weighed > 0 && (
        <p className={styles.chance}>
          <Info size={14} aria-hidden="true" />
          {t('changes.chance', { unclear: changes.unclear, weighed: changes.weighed })}
        </p>
      )}
      <Explanations
        key={today.agency?.id ?? ''}
        explanations={today.explanations}
        hasMore={today.hasMoreExplanations}
        today={day}
      />
      <div className={styles.columns}>
        <Risks
          risks={risks}
          today={day}
          minutesPerDay={week.minutesPerDay}
          scope={today.agency?.id ?? null}
          nextWorkingDay={today.nextWorkingDay}
        />
        <aside className={styles.side}>
          <OnTime onTime={today.onTime} minutesPerDay={week.minutesPerDay} />
          <Figures figures={today.figures} today={day} minutesPerDay={week.minutesPerDay} />
          <Link className={styles.board} href={boardAddress({ ...noBoardFilters, agency: today.agency?.id ?? null })}>
            {t('board')}
            <ArrowRight size={14} aria-hidden="true" />
          </Link>
        </aside>
      </div>
    </>
  )
}

/** Of which agency the page is; who leads several may choose. */
function Scope({ today: { agency, choices } }: { today: Today }) {
  const t = useTranslations('today')
  const router = useRouter()
  if (choices.length < 2) return <span>{agency?.name ?? t('whole')}</span>
  return (
    <span className={styles.scope}>
      <SelectInput
        aria-label={t('scope')}
        value={agency?.id ?? ''}
        onChange={({ target }) => router.push(todayAddress(target.value === '' ? null : target.value))}
      >
        {choices.map((one) => (
          <option key={one?.id ?? ''} value={one?.id ?? ''}>
            {one?.name ?? t('whole')}
          </option>
        ))}
      </SelectInput>
    </span>
  )
}

/** One sentence; its two figures open their reports. */
function HeadlineWords({ today: { headline, agency, asOf, week } }: { today: Today }) {
  const { headlineOf } = useTodayWords(localDayOf(asOf), week.minutesPerDay)
  return headlineOf(headline, agency === null).map(({ text, href, isLate }) =>
    href ? (
      <DrillLink key={text} href={href} className={isLate ? styles.late : styles.open}>
        {text}
      </DrillLink>
    ) : (
      text
    ),
  )
}
