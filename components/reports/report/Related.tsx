'use client'

import { useTranslations } from 'next-intl'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useReportDesk } from './desk.ts'
import styles from './Side.module.css'

const countedTo = 1000

/** The incident the report belongs to, with the way to all of its reports. */
export function SameIncident() {
  const t = useTranslations('report')
  const { report } = useReportDesk()
  const { incident } = report
  if (!incident) return null
  return (
    <section className={styles.section}>
      <SectionLabel as="h2">{t('sections.incident')}</SectionLabel>
      <p className={styles.strong}>
        {incident.name}
        {incident.stormMode && <span className={styles.storm}>{t('incident.storm')}</span>}
      </p>
      <a className={styles.all} href={`/reports?view=all&incident=${incident.id}`}>
        {incident.reports > countedTo ? t('incident.many') : t('incident.all', { count: incident.reports })}
      </a>
    </section>
  )
}

/** The reports that follow this one. */
export function MergedReports() {
  const t = useTranslations('report')
  const { report, goTo } = useReportDesk()
  if (report.merged.length === 0) return null
  return (
    <section className={styles.section}>
      <SectionLabel as="h2" count={report.merged.length}>
        {t('sections.merged')}
      </SectionLabel>
      <ul className={styles.list}>
        {report.merged.map((each) => (
          <li key={each.id} className={styles.item}>
            <div className={styles.itemText}>
              <button type="button" className={styles.link} onClick={() => goTo(each.code)} lang="vi">
                {each.title}
              </button>
              <p className={styles.note}>
                {each.code} · <TimeText at={each.receivedAt} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
