'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useMemo, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { type BoardFilters, noBoardFilters } from '#server/insights/rules/filters.ts'
import { channels, severities } from '#server/reports/rules/lifecycle.ts'
import styles from './BoardFilterForm.module.css'

type Props = {
  filters: BoardFilters
  /** Opened to choose the agency to compare with: that comes first. */
  isComparing: boolean
  onFilters: (filters: BoardFilters) => void
  onClose: () => void
}

const hour = 3_600_000

/** What all cards are narrowed to. Nothing happens to the board until it is asked for. */
export function BoardFilterForm({ filters: initial, isComparing, onFilters, onClose }: Props) {
  const t = useTranslations('board.filters')
  const reports = useTranslations('reports')
  const id = useId()
  const { agencies, categories, areas, incidents } = useFilterOptions()
  const [filters, setFilters] = useState(initial)
  const set = (change: Partial<BoardFilters>) => setFilters((before) => ({ ...before, ...change }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onFilters(filters)
    onClose()
  }
  const comparison = (
    <FormField label={t('comparedAgency')} hint={t('comparedHint')}>
      {(field) => (
        <OptionPicker
          field={field}
          options={agencies}
          value={filters.comparedAgency}
          onChange={(comparedAgency) =>
            set({ comparedAgency, compare: comparedAgency === null ? 'previous' : 'agency' })
          }
        />
      )}
    </FormField>
  )
  return (
    <Sheet
      open
      title={t('title')}
      width={460}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} variant="primary">
            {t('apply')}
          </Button>
          <Button
            variant="quiet"
            onClick={() => setFilters({ ...noBoardFilters, period: filters.period, compare: filters.compare })}
          >
            {t('clear')}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={submit}>
        {isComparing && comparison}
        <FormField label={t('agency')} hint={t('agencyHint')}>
          {(field) => (
            <OptionPicker
              field={field}
              options={agencies}
              value={filters.agency}
              onChange={(agency) => set({ agency })}
            />
          )}
        </FormField>
        <FormField label={t('category')}>
          {(field) => (
            <OptionPicker
              field={field}
              options={categories}
              value={filters.category}
              onChange={(category) => set({ category })}
            />
          )}
        </FormField>
        <FormField label={t('area')}>
          {(field) => (
            <OptionPicker
              field={field}
              options={areas}
              value={filters.area === null ? null : String(filters.area)}
              onChange={(area) => set({ area: area === null ? null : Number(area) })}
            />
          )}
        </FormField>
        <FormField label={t('incident')}>
          {(field) => (
            <OptionPicker
              field={field}
              options={incidents}
              value={filters.incident}
              onChange={(incident) => set({ incident })}
            />
          )}
        </FormField>
        <Choice
          label={t('channel')}
          value={filters.channel}
          values={channels}
          wordOf={(channel) => reports(`channels.${channel}`)}
          onChange={(channel) => set({ channel })}
        />
        <Choice
          label={t('severity')}
          value={filters.severity}
          values={severities}
          wordOf={(severity) => reports(`severities.${severity}`)}
          onChange={(severity) => set({ severity })}
        />
        {!isComparing && comparison}
      </form>
    </Sheet>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  value: Value | null
  values: readonly Value[]
  wordOf: (value: Value) => string
  onChange: (value: Value | null) => void
}

/** One of a few, or any. */
function Choice<Value extends string>({ label, value, values, wordOf, onChange }: ChoiceProps<Value>) {
  const t = useTranslations('board.filters')
  return (
    <FormField label={label}>
      {(field) => (
        <SelectInput
          {...field}
          value={value ?? ''}
          onChange={(event) => onChange(values.find((each) => each === event.target.value) ?? null)}
        >
          <option value="">{t('any')}</option>
          {values.map((each) => (
            <option key={each} value={each}>
              {wordOf(each)}
            </option>
          ))}
        </SelectInput>
      )}
    </FormField>
  )
}

/** What may be chosen; the server narrows it to what the account may see. */
function useFilterOptions() {
  const trpc = useTRPC()
  const nameIn = useNameIn()
  const { data } = useQuery({ ...trpc.reports.choices.queryOptions(), staleTime: hour })
  return useMemo(() => {
    const groups = new Map(
      data?.categories.map((each) => [each.groupCode, nameIn({ name: each.groupName, nameEn: each.groupNameEn })]),
    )
    const categories = [...groups].flatMap(([code, group]): PickerOption[] => [
      { id: code, label: group, group, note: code },
      ...(data?.categories ?? [])
        .filter(({ groupCode }) => groupCode === code)
        .map((leaf) => ({ id: leaf.code, label: nameIn(leaf), group, note: leaf.code })),
    ])
    return {
      agencies: data?.agencies.map(({ id, name, shortName }) => ({ id, label: name, note: shortName })),
      categories: data && categories,
      areas: data?.areas.map(({ id, name, shortName }) => ({ id: String(id), label: shortName, also: name })),
      incidents: data?.incidents.map(({ id, name }) => ({ id, label: name })),
    }
  }, [data, nameIn])
}
