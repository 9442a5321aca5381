'use client'

import { Check, Lightbulb } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import type { FormValues } from '#components/reports/moves/forms.ts'
import type { DialogName } from '#components/reports/moves/move-names.ts'
import { useCategoryOptions } from '#components/reports/moves/use-options.ts'
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

/** The proposal of the rules in one line: agency, category, severity and place, each with the key that changes it. */
export function Proposed({ report, proposal, onChange }: Props) {
  const t = useTranslations('triage.proposal')
  const properties = useTranslations('report.properties')
  const words = useTranslations('reports')
  const english = useLocale() === 'en'
  const options = useCategoryOptions()
  const { category } = report
  const other = proposal.categoryCode && options?.find(({ id }) => id === proposal.categoryCode)
  const isUnsorted = category.code === unsortedCategory
  const place = [report.address, report.area?.name].filter(Boolean).join(', ')
  return (
    <section className={styles.proposed} aria-label={t('title')}>
      <ul className={styles.line}>
        <Part label={t('agency')} command="triage.assignElse" onChange={() => onChange('assign')}>
          {proposal.agency ? (
            proposal.agency.label
          ) : (
            <em className={styles.open}>{t(isUnsorted ? 'unsorted' : proposal.isKnown ? 'noAgency' : 'looking')}</em>
          )}
        </Part>
        <Part label={properties('category')} command="triage.category" onChange={() => onChange('change_category')}>
          {english ? category.nameEn : category.name}
        </Part>
        <Part label={properties('severity')} command="triage.severity" onChange={() => onChange('change_severity')}>
          <StatusChip status={report.severity} variant="plain">
            {words(`severities.${report.severity}`)}
          </StatusChip>
        </Part>
        <Part label={t('place')}>
          {place || t('noPlace')}
          {report.point && <Check size={14} className={styles.known} aria-label={t('hasPoint')} />}
        </Part>
      </ul>
      {other && (
        <p className={styles.hint}>
          <Lightbulb size={14} aria-hidden="true" />
          <span>{t('byWords', { category: other.label })}</span>
        </p>
      )}
    </section>
  )
}

type PartProps = { label: string; children: ReactNode; command?: CommandId; onChange?: () => void }

function Part({ label, children, command, onChange }: PartProps) {
  const text = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>{children}</span>
    </>
  )
  return (
    <li className={styles.part}>
      {command ? (
        <button type="button" className={styles.change} aria-keyshortcuts={ariaKeysOf(command)} onClick={onChange}>
          <span className={styles.words}>{text}</span>
          <KeyHint command={command} />
        </button>
      ) : (
        <span className={styles.words}>{text}</span>
      )}
    </li>
  )
}
