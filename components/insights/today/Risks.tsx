'use client'

import {
  BellRing,
  CalendarClock,
  CalendarX,
  CircleAlert,
  Clock,
  Ellipsis,
  FileQuestionMark,
  Hourglass,
  type LucideIcon,
  RadioTower,
  Scale,
  TrendingUp,
  TriangleAlert,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { CapSeverity } from '#server/bulletins/rules/alert.ts'
import { foldedRisks, type Risk, type RiskKind } from '#server/insights/rules/today.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { AskExplanation } from './AskExplanation.tsx'
import styles from './Risks.module.css'
import { useLastActs } from './use-last-acts.ts'
import { useReminder } from './use-reminder.tsx'
import { useTodayWords } from './use-today-words.ts'

type Tone = 'late' | 'grave' | 'soon' | 'quiet'

const looks: Record<RiskKind, { icon: LucideIcon; tone: Tone }> = {
  urgent_overdue: { icon: TriangleAlert, tone: 'late' },
  urgent_today: { icon: CircleAlert, tone: 'soon' },
  alert: { icon: RadioTower, tone: 'soon' },
  surge: { icon: TrendingUp, tone: 'soon' },
  commitments_broken: { icon: CalendarX, tone: 'late' },
  out_of_bounds: { icon: Scale, tone: 'soon' },
  commitments_today: { icon: CalendarClock, tone: 'soon' },
  overdue: { icon: Clock, tone: 'late' },
  due_today: { icon: Hourglass, tone: 'quiet' },
}

/** An alert keeps the colour of its severity. */
const severityTones: Record<CapSeverity, Tone> = {
  Extreme: 'grave',
  Severe: 'grave',
  Moderate: 'soon',
  Minor: 'quiet',
  Unknown: 'soon',
}

/** `scope`: of which agency the page is; null: of the whole city. */
type Told = { today: LocalDay; minutesPerDay: number; scope: string | null; nextWorkingDay: LocalDay }
type Props = Told & { risks: readonly Risk[] }

/** The risks of today, the most harmful first, each with who has to act and what it opens. */
export function Risks({ risks, ...told }: Props) {
  const t = useTranslations('today.risks')
  const { shown, folded } = foldedRisks(risks)
  return (
    <section aria-labelledby="risks-of-today">
      <h2 id="risks-of-today" className={styles.title}>
        {t('title')} <span className={styles.order}>{t('order')}</span>
      </h2>
      {risks.length === 0 ? (
        <p className={styles.none}>{t('none')}</p>
      ) : (
        <ol className={styles.list}>
          {shown.map(({ risk, rank }) => (
            <RiskRow key={risk.id} risk={risk} rank={rank} {...told} />
          ))}
        </ol>
      )}
      {folded.length > 0 && (
        <details className={styles.rest}>
          <summary>{t('more', { count: folded.length })}</summary>
          <ol className={styles.list}>
            {folded.map(({ risk, rank }) => (
              <RiskRow key={risk.id} risk={risk} rank={rank} {...told} />
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

function RiskRow({ risk, rank, today, minutesPerDay, scope, nextWorkingDay }: Told & { risk: Risk; rank: number }) {
  const t = useTranslations('today.risks')
  const { whatOf, detailOf, ownersOf, actionOf } = useTodayWords(today, minutesPerDay)
  const reminder = useReminder(risk, scope)
  const [isAsking, setAsking] = useState(false)
  const said = useLastActs(risk)
  // Once a day.
  const [first, ...others] = risk.owners.filter(({ mayAct, asked }) => mayAct && !asked?.isOwn)
  const mayDo = first !== undefined || reminder.isOpen
  const { icon: Icon, tone } = looks[risk.kind]
  const shade = risk.kind === 'alert' ? severityTones[risk.severity] : tone
  const [what, owners, action] = [whatOf(risk), ownersOf(risk), actionOf(risk)]
  const nameOf = (act: string) => t('opens', { action: act, what })
  return (
    <li className={styles.row}>
      <span className={styles.rank}>
        <span aria-hidden="true">{rank}</span>
        <VisuallyHidden>{t('rank', { rank })}</VisuallyHidden>
      </span>
      <span className={styles.kind} data-tone={shade}>
        <Icon size={16} aria-hidden="true" />
        {t(`kinds.${risk.kind}`)}
      </span>
      <span className={styles.what}>
        <strong>{what}</strong>
        <span className={styles.detail}>{detailOf(risk)}</span>
      </span>
      <span className={styles.owner} data-none={owners === null || undefined}>
        {owners ?? t('noOwner')}
        {said.map((words) => (
          <span key={words} className={styles.reminded}>
            {words}
          </span>
        ))}
        {mayDo && (
          <span className={styles.quick}>
            {reminder.isOpen && (
              <Button
                variant="quiet"
                size="small"
                icon={<BellRing />}
                aria-label={nameOf(t('remind'))}
                busy={reminder.isBusy}
                onClick={reminder.start}
              >
                {t('remind')}
              </Button>
            )}
            {first && (
              <Button
                variant="quiet"
                size="small"
                icon={<FileQuestionMark />}
                aria-label={nameOf(t('explain'))}
                onClick={() => setAsking(true)}
              >
                {t('explain')}
              </Button>
            )}
          </span>
        )}
      </span>
      <span className={styles.acts}>
        {mayDo && (
          <span className={styles.menu}>
            <ActionMenu
              label={nameOf(t('acts'))}
              entries={[
                ...(reminder.isOpen
                  ? [{ id: 'remind', label: t('remind'), icon: <BellRing />, onSelect: reminder.start }]
                  : []),
                ...(first
                  ? [
                      {
                        id: 'explain',
                        label: t('explain'),
                        icon: <FileQuestionMark />,
                        onSelect: () => setAsking(true),
                      },
                    ]
                  : []),
              ]}
              trigger={(props) => (
                <IconButton label={nameOf(t('acts'))} {...props}>
                  <Ellipsis />
                </IconButton>
              )}
            />
          </span>
        )}
        <DrillLink href={risk.href} label={nameOf(action)} className={rank === 1 ? styles.first : styles.open}>
          {action}
        </DrillLink>
      </span>
      {reminder.dialog}
      {isAsking && first && (
        <AskExplanation
          risk={risk}
          what={what}
          owners={[first, ...others]}
          scope={scope}
          today={today}
          nextWorkingDay={nextWorkingDay}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}
