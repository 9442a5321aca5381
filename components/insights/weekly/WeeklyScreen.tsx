'use client'

import { ChartNoAxesColumn, ChevronLeft, ChevronRight, Mail, Printer } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { Segment, Segments } from '#components/ui/Segments.tsx'
import { boardAddress } from '#server/insights/rules/filters.ts'
import { editions } from '#server/insights/rules/mailing.ts'
import type { Weekly } from '#server/insights/rules/weekly.ts'
import {
  boardOf,
  lastEnded,
  stepped,
  type WeeklyQuestion,
  weeklyAddress,
} from '#server/insights/rules/weekly-period.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { WeeklyDocument } from './WeeklyDocument.tsx'
import styles from './WeeklyScreen.module.css'

type Props = {
  weekly: Weekly
  today: LocalDay
  /** Whether the account may open reports, so that figures are links. */
  mayOpen: boolean
  mayMail: boolean
}

/** The report to the leadership on a sheet of paper, and above it the controls that choose which. */
export function WeeklyScreen({ weekly, today, mayOpen, mayMail }: Props) {
  const t = useTranslations('weekly.page')
  const router = useRouter()
  const { question, header } = weekly
  const show = (change: Partial<WeeklyQuestion>) => router.push(weeklyAddress({ ...question, ...change }))
  const showFrom = (from: LocalDay, edition = question.edition) => show({ edition, from, to: undefined })
  const [previous, next] = ([-1, 1] as const).map((way) => stepped(question, way, today))
  return (
    <>
      <div className={styles.desk}>
        <PageHeader
          above={<BackLink href="/insights">{t('back')}</BackLink>}
          title={t('title')}
          actions={
            <>
              <Link className={styles.link} href={boardAddress(boardOf(question))}>
                <ChartNoAxesColumn size={16} aria-hidden="true" />
                {t('board')}
              </Link>
              {mayMail && (
                <Link className={styles.link} href="/insights/mailings">
                  <Mail size={16} aria-hidden="true" />
                  {t('mailings')}
                </Link>
              )}
              <Button variant="primary" icon={<Printer />} onClick={() => window.print()}>
                {t('print')}
              </Button>
            </>
          }
        />
        <div className={styles.choices}>
          <Segments label={t('edition')}>
            {editions.map((edition) => (
              <Segment
                key={edition}
                on={question.edition === edition}
                onClick={() => showFrom(lastEnded(edition, today), edition)}
              >
                {t(`editions.${edition}`)}
              </Segment>
            ))}
          </Segments>
          <span className={styles.steps}>
            <IconButton label={t('previous')} disabled={!previous} onClick={() => previous && showFrom(previous)}>
              <ChevronLeft />
            </IconButton>
            <IconButton label={t('next')} disabled={!next} onClick={() => next && showFrom(next)}>
              <ChevronRight />
            </IconButton>
          </span>
          <div className={styles.agency}>
            <AgencyField
              label={t('agency')}
              value={question.agency}
              endedName={header.names.agency}
              placeholder={t('everyAgency')}
              onChange={(agency) => show({ agency, whose: agency === null ? 'seen' : null })}
            />
          </div>
        </div>
      </div>
      <WeeklyDocument weekly={weekly} today={today} mayOpen={mayOpen} />
    </>
  )
}
