'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { type EndAgency, endAgencyInput } from '#server/agencies/rules/agency.ts'
import type { AgencyRow } from '#server/organisation/queries.ts'
import { AgencyField } from './AgencyField.tsx'
import styles from './EndAgencyForm.module.css'
import { useAgencySaved } from './use-agency-saved.ts'

/** Sets the last day of an agency and its successor; shows beforehand what depends on the agency. */
export function EndAgencyForm({ agency, onClose }: { agency: AgencyRow; onClose: () => void }) {
  const t = useTranslations('agencies.admin.ending')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const { saved, take } = useAgencySaved(onClose)
  const [version, setVersion] = useState(agency.version)
  const form = useForm<Pick<EndAgency, 'validTo' | 'successorId'>, Pick<EndAgency, 'validTo' | 'successorId'>>(
    endAgencyInput.pick({ validTo: true, successorId: true }),
    { validTo: agency.validTo, successorId: agency.successorId },
  )
  const { values, problems, set } = form
  const end = useMutation(trpc.organisation.end.mutationOptions({ onSuccess: () => saved('ended', agency.shortName) }))
  const submit = () => {
    const input = form.check()
    if (input) end.mutate({ id: agency.id, version, ...input })
  }
  const keep = (newer: number) => {
    setVersion(newer)
    end.reset()
  }
  return (
    <FormSheet
      title={`${t('title')}: ${agency.shortName}`}
      submitLabel={t('save')}
      busy={end.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={end.error} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <ul className={styles.facts}>
        <li>{t('open', { count: agency.openReports })}</li>
        {agency.planned > 0 && <li>{t('planned', { count: agency.planned })}</li>}
        <li>{t('accounts', { count: agency.accounts })}</li>
        <li>{t('leads', { count: agency.leads })}</li>
      </ul>
      <DateField
        label={t('validTo')}
        value={values.validTo}
        hint={t('validToHint')}
        error={problemOf(problems.validTo)}
        onChange={(day) => set('validTo', day)}
      />
      <AgencyField
        label={t('successor')}
        value={values.successorId}
        hint={t('successorHint')}
        error={problemOf(problems.successorId)}
        onChange={(id) => set('successorId', id)}
      />
    </FormSheet>
  )
}
