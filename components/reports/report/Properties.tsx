'use client'

import { Pencil } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { DialogName } from '#components/reports/moves/move-names.ts'
import { RatingChip } from '#components/reports/RatingChip.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { type Property, PropertyList } from '#components/ui/PropertyList.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { ReportAct } from '#server/reports/rules/policy.ts'
import { mayDo, useReportDesk } from './desk.ts'
import styles from './Properties.module.css'
import { useActionWords } from './use-action-words.ts'

type Row = Omit<Property, 'action'> & { edit?: DialogName & (ReportAct | 'assign_person') }

/** The facts of the report; what the user may change has a pencil. */
export function Properties({ short = false }: { short?: boolean }) {
  const nameIn = useNameIn()
  const t = useTranslations('report.properties')
  const words = useTranslations('reports')
  const english = useLocale() === 'en'
  const format = useFormat()
  const { report, open } = useReportDesk()
  const actionWords = useActionWords()
  const { category } = report
  const missing = (text: string) => <em className={styles.missing}>{text}</em>

  const rows: (Row | false | null)[] = [
    {
      key: 'category',
      label: t('category'),
      value: english ? `${category.parentNameEn} › ${category.nameEn}` : `${category.parentName} › ${category.name}`,
      edit: 'change_category',
    },
    {
      key: 'severity',
      label: t('severity'),
      value: (
        <StatusChip status={report.severity} variant="plain">
          {words(`severities.${report.severity}`)}
        </StatusChip>
      ),
      edit: 'change_severity',
    },
    { key: 'agency', label: t('agency'), value: report.agency?.name ?? missing(t('noAgency')) },
    {
      key: 'assignee',
      label: t('assignee'),
      value: report.assignee?.name ?? missing(t('nobody')),
      edit: 'assign_person',
    },
    {
      key: 'place',
      label: t('place'),
      value: [report.address, report.area?.name].filter(Boolean).join(', ') || missing(t('noPlace')),
      edit: 'change_place',
    },
    { key: 'channel', label: t('channel'), value: words(`channels.${report.channel}`) },
    { key: 'received', label: t('received'), value: format.dateTime(report.receivedAt) },
    report.occurredAt !== null && { key: 'occurred', label: t('occurred'), value: format.dateTime(report.occurredAt) },
    report.answeredAt !== null && { key: 'answered', label: t('answered'), value: format.dateTime(report.answeredAt) },
    report.rejectReason !== null && {
      key: 'reject',
      label: t('rejectReason'),
      value: words(`rejectReasons.${report.rejectReason}`),
    },
    report.rating !== null && {
      key: 'rating',
      label: t('rating'),
      value: <RatingChip rating={report.rating} />,
    },
    report.state === 'answered' &&
      report.windows.ratingUntil !== null && {
        key: 'window',
        label: t('rating'),
        value: t('ratingUntil', { when: format.dateTime(report.windows.ratingUntil) }),
      },
    {
      key: 'incident',
      label: t('incident'),
      value: (report.incident && nameIn(report.incident)) ?? missing(t('noIncident')),
      edit: 'link_incident',
    },
    {
      key: 'tags',
      label: t('tags'),
      value:
        report.tags.length > 0 ? (
          <span className={styles.tags}>
            {report.tags.map((tag) => (
              <span key={tag} className={styles.tag}>
                {tag}
              </span>
            ))}
          </span>
        ) : (
          missing(t('noTags'))
        ),
      edit: 'change_tags',
    },
    report.transferCount + report.returnCount + report.reopenCount > 0 && {
      key: 'hops',
      label: t('hops'),
      value: t('hopCounts', {
        transfers: report.transferCount,
        returns: report.returnCount,
        reopens: report.reopenCount,
      }),
    },
  ]
  const wanted = ['category', 'place', 'agency', 'assignee', 'received', 'incident']
  const mayEdit = (name: Row['edit']) =>
    name === 'assign_person' ? mayDo(report, name) : name !== undefined && report.acts.includes(name)
  return (
    <PropertyList
      items={rows
        .filter((row): row is Row => Boolean(row))
        .filter(({ key }) => !short || (wanted.includes(key) && (key !== 'incident' || report.incident !== null)))
        .map(({ edit, ...row }) => ({
          ...row,
          ...(edit &&
            !short &&
            mayEdit(edit) && {
              action: (
                <IconButton label={actionWords(edit)} size="small" onClick={() => open(edit)}>
                  <Pencil className={styles.pencil} />
                </IconButton>
              ),
            }),
        }))}
    />
  )
}
