'use client'

import { Lightbulb } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { FormValues } from '#components/reports/moves/forms.ts'
import type { DialogName } from '#components/reports/moves/move-names.ts'
import { useCategoryOptions } from '#components/reports/moves/use-options.ts'
import { Button } from '#components/ui/Button.tsx'
import { PropertyList } from '#components/ui/PropertyList.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { StatusChip } from '#components/ui/StatusChip.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { unsortedCategory } from '#server/reports/rules/suggest-category.ts'
import styles from './Proposed.module.css'
import type { Proposal } from './use-proposal.ts'

type Props = {
  report: ReportView
  proposal: Proposal
  onChange: (move: DialogName, initial?: FormValues) => void
}

/** The agency and category that the rules propose; each part can be corrected by a key. */
export function Proposed({ report, proposal, onChange }: Props) {
  const t = useTranslations('triage.proposal')
  const properties = useTranslations('report.properties')
  const words = useTranslations('reports')
  const english = useLocale() === 'en'
  const options = useCategoryOptions()
  const { category } = report
  const other = proposal.categoryCode && options?.find(({ id }) => id === proposal.categoryCode)
  const isUnsorted = category.code === unsortedCategory
  return (
    <section className={styles.proposed}>
      <SectionLabel as="h3">{t('title')}</SectionLabel>
      <PropertyList
        items={[
          {
            key: 'agency',
            label: properties('agency'),
            value: proposal.agency ? (
              <strong>{proposal.agency.label}</strong>
            ) : (
              <em className={styles.open}>{t(isUnsorted ? 'unsorted' : proposal.isKnown ? 'noAgency' : 'looking')}</em>
            ),
          },
          {
            key: 'category',
            label: properties('category'),
            value: english
              ? [category.parentNameEn, category.nameEn].filter(Boolean).join(' › ')
              : [category.parentName, category.name].filter(Boolean).join(' › '),
            action: (
              <Button
                size="small"
                variant="quiet"
                command="triage.category"
                onClick={() => onChange('change_category')}
              >
                {t('change')}
              </Button>
            ),
          },
          {
            key: 'severity',
            label: properties('severity'),
            value: (
              <StatusChip status={report.severity} variant="plain">
                {words(`severities.${report.severity}`)}
              </StatusChip>
            ),
            action: (
              <Button
                size="small"
                variant="quiet"
                command="triage.severity"
                onClick={() => onChange('change_severity')}
              >
                {t('change')}
              </Button>
            ),
          },
        ]}
      />
      {other && (
        <p className={styles.hint}>
          <Lightbulb size={14} aria-hidden="true" />
          <span>{t('byWords', { category: other.label })}</span>
        </p>
      )}
    </section>
  )
}
