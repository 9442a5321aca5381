'use client'

import { FileChartColumn, Printer } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { FileButton } from '#components/shell/FileButton.tsx'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { EmptyState } from '#components/ui/EmptyState.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { AfterAction as Came } from '#server/after-action/queries/after-action.ts'
import styles from './AfterAction.module.css'
import { AfterFigures } from './AfterFigures.tsx'
import { BreakdownTable } from './BreakdownTable.tsx'
import { HoursChart } from './HoursChart.tsx'
import detail from './IncidentDetail.module.css'
import { IncidentStateChip } from './IncidentStateChip.tsx'
import { LogList } from './LogList.tsx'
import { useSpanWords } from './use-span-words.ts'

/**
 * The result of an incident: its figures, areas and sub-types, hour by hour, and what the desk did; to download and
 * print.
 */
export function AfterAction({ came, mayRead }: { came: Came; mayRead: boolean }) {
  const nameIn = useNameIn()
  const t = useTranslations('incidents.after')
  const kinds = useTranslations('incidents.kinds')
  const locale = useLocale()
  const format = useFormat()
  const spanOf = useSpanWords()
  const { incident } = came
  const files = `/api/incidents/${incident.id}`
  return (
    <article>
      <PageHeader
        above={<BackLink href={`/incidents/${incident.id}`}>{t('back')}</BackLink>}
        title={`${t('title')}: ${nameIn(incident)}`}
        aside={
          <span className={detail.aside}>
            {kinds(incident.kind)}
            <IncidentStateChip incident={incident} />
          </span>
        }
        sentence={
          <>
            {spanOf(incident, true)}. {t('asOf', { at: format.dateTime(came.asOf) })}.
            {incident.closedAt === null && ` ${t('unfinished')}`} {t('extract')}
          </>
        }
        actions={
          <>
            {mayRead && (
              <>
                <FileButton
                  className={styles.file}
                  address={`${files}/reports.csv`}
                  fields={{ locale }}
                  rows={came.reports}
                >
                  {t('csv')}
                </FileButton>
                <FileButton
                  className={styles.file}
                  address={`${files}/after-action.json`}
                  fields={{ locale }}
                  rows={came.reports}
                >
                  {t('json')}
                </FileButton>
              </>
            )}
            <Button className={styles.print ?? ''} icon={<Printer />} onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      {!mayRead ? null : came.figures === null ? (
        <EmptyState icon={FileChartColumn} title={t('noReports')}>
          {t('noReportsSentence')}
        </EmptyState>
      ) : (
        <>
          <AfterFigures came={came} />
          <HoursChart hours={came.hours} />
          <BreakdownTable cells={came.breakdown} />
        </>
      )}
      {came.log.length > 0 && (
        <section aria-labelledby="timeline" className={styles.section}>
          <h2 id="timeline" className={styles.heading}>
            {t('timeline')}
          </h2>
          <LogList entries={came.log} />
        </section>
      )}
    </article>
  )
}
