'use client'

import { ChartNoAxesColumn, Printer } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useRef } from 'react'
import { BackLink } from '#components/ui/BackLink.tsx'
import { Button } from '#components/ui/Button.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { issuedById } from '#server/insights/queries/issued.ts'
import { type BoardFilters, boardAddress } from '#server/insights/rules/filters.ts'
import { issuedPagesPath } from '#server/insights/rules/issued.ts'
import { figureMark, weeklyMarkAddress } from '#server/insights/rules/weekly-marks.ts'
import { boardOf } from '#server/insights/rules/weekly-period.ts'
import { type Say, weeklyWords } from '#server/insights/rules/weekly-words.ts'
import { DrillLink } from '../chart/DrillLink.tsx'
import { Corrections } from './Corrections.tsx'
import styles from './IssuedReport.module.css'

type Report = Awaited<ReturnType<typeof issuedById>>
type Props = {
  report: Report
  /** Whether the account may open reports, so that figures are links. */
  mayOpen: boolean
}

/** A report as it was issued, unchanged; what is known better now is beside it. */
export function IssuedReport({ report, mayOpen }: Props) {
  const t = useTranslations('weekly.issued')
  const format = useFormat()
  const paper = useRef<HTMLIFrameElement>(null)
  const { id, subject, name, issuedAt, locale, isOwnScope, weekly } = report
  const asked: BoardFilters['asked'] = { way: 'issued', at: issuedAt.toISOString() }
  // Without an agency it counted all that its readers see, not what their agency is responsible for.
  const whose = weekly.question.agency === null && !weekly.header.scope.all ? 'seen' : null
  return (
    <>
      <PageHeader
        above={<BackLink href="/insights/issued">{t('toList')}</BackLink>}
        title={subject}
        sentence={t('about', { at: format.dateTime(issuedAt), name })}
        actions={
          <>
            {isOwnScope && (
              <Link className={styles.link} href={boardAddress({ ...boardOf(weekly.question), whose, asked })}>
                <ChartNoAxesColumn size={16} aria-hidden="true" />
                {t('board')}
              </Link>
            )}
            <Button variant="primary" icon={<Printer />} onClick={() => paper.current?.contentWindow?.print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      <div className={styles.beside}>
        {/* Without scripts: an earlier version of the desk wrote it. Of the same origin, so that it prints. */}
        <iframe
          ref={paper}
          className={styles.paper}
          title={t('paper')}
          lang={locale}
          src={`${issuedPagesPath}${id}`}
          sandbox="allow-same-origin allow-modals"
        />
        <div>
          {isOwnScope ? (
            mayOpen && <DataPoints report={report} asked={asked} />
          ) : (
            <div className={styles.corrections}>
              <p>{t('otherScope')}</p>
            </div>
          )}
          <Corrections id={id} issued={weekly} />
        </div>
      </div>
    </>
  )
}

/** The reports that the main figures counted, as they were known when the report was issued. */
function DataPoints({ report: { weekly }, asked }: Pick<Props, 'report'> & { asked: BoardFilters['asked'] }) {
  const t = useTranslations('weekly.issued')
  // The texts take whole keys, so that the mail can say the same with a different translator.
  const say = useTranslations() as unknown as Say
  const words = weeklyWords(weekly, say, useLocale())
  const { header, figures } = weekly
  const counted = { filters: { ...header.filters, asked }, asOf: header.asOf }
  return (
    <section className={styles.corrections} aria-labelledby="points">
      <h2 id="points">{t('points')}</h2>
      <dl>
        {words.figures.map(({ id, name, value }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>
              <DrillLink href={figures[id].value === null ? null : weeklyMarkAddress(counted, figureMark(figures[id]))}>
                {value}
              </DrillLink>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
