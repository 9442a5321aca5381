'use client'

import { useTranslations } from 'next-intl'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { TimeText } from '#components/ui/TimeText.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { useReportDesk } from './desk.ts'
import styles from './Side.module.css'

const countedTo = 1000

/** The incident of the report, with a link to all of its reports. */
export function SameIncident() {
  const nameIn = useNameIn()
  const t = useTranslations('report')
  const { report } = useReportDesk()
  const { incident } = report
  if (!incident) return null
  return (
    <section className={styles.section}>
      <SectionLabel as="h2">{t('sections.incident')}</SectionLabel>
      <p className={styles.strong}>
        {nameIn(incident)}
        {incident.stormMode && <span className={styles.storm}>{t('incident.storm')}</span>}
      </p>
      <a className={styles.all} href={`/reports?view=all&incident=${incident.id}`}>
        {incident.reports > countedTo ? t('incident.many') : t('incident.all', { count: incident.reports })}
      </a>
    </section>
  )
}

/** The reports merged into this one or linked to it, and how many citizens reported the matter. */
export function FollowingReports() {
  const t = useTranslations('report')
  const { report, goTo } = useReportDesk()
  const followers = [
    ...report.merged.map((each) => ({ ...each, way: 'merged' as const })),
    ...report.linked.map((each) => ({ ...each, way: 'linked' as const })),
  ]
  if (followers.length === 0) return null
  return (
    <section className={styles.section}>
      <SectionLabel as="h2" count={followers.length}>
        {t('sections.merged')}
      </SectionLabel>
      <p className={styles.note}>{t('duplicates.citizens', { count: report.citizens })}</p>
      <ul className={styles.list}>
        {followers.map((each) => (
          <li key={each.id} className={styles.item}>
            <div className={styles.itemText}>
              <button type="button" className={styles.link} onClick={() => goTo(each.code)} lang="vi">
                {each.title}
              </button>
              <p className={styles.note}>
                <WholeCodes>{each.code}</WholeCodes> · <TimeText at={each.receivedAt} /> ·{' '}
                {t(`duplicates.ways.${each.way}`)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
