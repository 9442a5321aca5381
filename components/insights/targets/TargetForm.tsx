'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { EntrySheet } from '#components/events/EntrySheet.tsx'
import { useSaved } from '#components/events/use-saved.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Target } from '#server/insights/queries/targets.ts'
import { definitions } from '#server/insights/rules/definitions.ts'
import { type SaveTarget, saveTargetInput, type TargetKpi, targetKpis } from '#server/insights/rules/target.ts'
import type { LocalDay } from '#server/platform/rules/local-day.ts'
import { amountOf, typedAmount } from './target-amount.ts'

type Props = { target: Target | null; today: LocalDay; onClose: () => void }

export function TargetForm({ target, today, onClose }: Props) {
  const t = useTranslations('board.targets')
  const kpis = useTranslations('insights.kpis')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const form = useForm<SaveTarget, SaveTarget>(saveTargetInput, {
    id: target?.id ?? null,
    version: target?.version ?? 0,
    kpi: target?.kpi ?? 'handled',
    agencyId: target?.agency?.id ?? null,
    validFrom: target?.validFrom ?? today,
    value: target?.value ?? null,
    band: target?.band ?? null,
  })
  const { values, problems, set } = form
  const { unit } = definitions[values.kpi]
  const [typed, setTyped] = useState({
    value: typedAmount(values.value, unit),
    band: typedAmount(values.band, unit),
  })
  const type = (field: 'value' | 'band', text: string) => {
    setTyped((before) => ({ ...before, [field]: text }))
    set(field, amountOf(text, unit))
  }
  const chooseKpi = (kpi: TargetKpi) => {
    const next = definitions[kpi].unit
    set('kpi', kpi)
    set('value', amountOf(typed.value, next))
    set('band', amountOf(typed.band, next))
  }
  const { saved, take } = useSaved([trpc.insights.pathFilter()], onClose)
  const save = useMutation(
    trpc.insights.saveTarget.mutationOptions({ onSuccess: () => saved(t(target ? 'done.saved' : 'done.added')) }),
  )
  const remove = useMutation(trpc.insights.removeTarget.mutationOptions({ onSuccess: () => saved(t('done.removed')) }))
  return (
    <EntrySheet
      title={t(target ? 'form.editTitle' : 'form.addTitle')}
      form={form}
      save={save}
      remove={remove}
      removal={target && { id: target.id, title: t('form.removeTitle'), sentence: t('form.removeSentence') }}
      onTake={take}
      onClose={onClose}
    >
      <FormField label={t('columns.kpi')}>
        {(field) => (
          <SelectInput {...field} value={values.kpi} onChange={(event) => chooseKpi(event.target.value as TargetKpi)}>
            {targetKpis.map((kpi) => (
              <option key={kpi} value={kpi}>
                {kpis(`${kpi}.name`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <AgencyField
        label={t('form.agency')}
        value={values.agencyId}
        endedName={target?.agency?.name ?? null}
        placeholder={t('city')}
        hint={t('form.agencyHint')}
        onChange={(agencyId) => set('agencyId', agencyId)}
      />
      <DateField
        label={t('columns.from')}
        value={values.validFrom}
        error={problemOf(problems.validFrom)}
        hint={t('form.fromHint')}
        required
        onChange={(day) => set('validFrom', day ?? '')}
      />
      <FormField label={t(`form.value.${unit}`)} hint={t('form.valueHint')} error={problemOf(problems.value)}>
        {(field) => (
          <TextInput
            {...field}
            inputMode="decimal"
            autoComplete="off"
            value={typed.value}
            onChange={(event) => type('value', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('form.band')} hint={t('form.bandHint')} error={problemOf(problems.band)}>
        {(field) => (
          <TextInput
            {...field}
            inputMode="decimal"
            autoComplete="off"
            value={typed.band}
            onChange={(event) => type('band', event.target.value)}
          />
        )}
      </FormField>
    </EntrySheet>
  )
}
