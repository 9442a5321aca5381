'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import type { Choices } from '#server/reports/queries/choices.ts'
import { channels, reportStates, severities } from '#server/reports/rules/lifecycle.ts'
import { deadlineKinds, noFilters, type QueueFilters, statesOf, viewRules } from '#server/reports/rules/queue.ts'
import { DayRangeField } from './DayRangeField.tsx'
import styles from './FilterForm.module.css'
import type { FilterSheetProps } from './FilterSheet.tsx'
import { Toggles } from './Toggles.tsx'

/** Every filter of the queue. Nothing happens to the list until the results are asked for. */
export function FilterForm({ queue, choices, onQueue, onClose }: FilterSheetProps) {
  const t = useTranslations('reports.queue.filters')
  const reports = useTranslations('reports')
  const id = useId()
  const [filters, setFilters] = useState<QueueFilters>(queue)
  const [tags, setTags] = useState(() => [...queue.tags, ...queue.withoutTags.map((tag) => `-${tag}`)].join(', '))
  const set = (change: Partial<QueueFilters>) => setFilters((before) => ({ ...before, ...change }))
  const { isAboutStates } = viewRules[queue.view]
  const states = isAboutStates ? statesOf({ view: queue.view, states: [] }) : reportStates

  const submit = (event: FormEvent) => {
    event.preventDefault()
    onQueue({ ...queue, ...filters, ...tagsIn(tags) })
    onClose()
  }
  const clear = () => {
    setFilters({ ...noFilters, words: queue.words })
    setTags('')
  }

  return (
    <Sheet
      open
      title={t('title')}
      width={480}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} variant="primary">
            {t('apply')}
          </Button>
          <Button variant="quiet" onClick={clear}>
            {t('clear')}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={submit}>
        {states.length > 1 && (
          <Toggles
            label={t('state')}
            options={states.map((value) => ({ value, label: reports(`states.${value}`) }))}
            chosen={filters.states}
            onChange={(chosen) => set({ states: chosen })}
            autoFocus
          />
        )}
        <Toggles
          label={t('deadline')}
          options={deadlineKinds.map((value) => ({ value, label: t(`deadlines.${value}`) }))}
          chosen={filters.deadlines}
          onChange={(chosen) => set({ deadlines: chosen })}
          autoFocus={states.length <= 1}
        />
        <Toggles
          label={t('severity')}
          options={severities.map((value) => ({ value, label: reports(`severities.${value}`) }))}
          chosen={filters.severities}
          onChange={(chosen) => set({ severities: chosen })}
        />
        <Pickers filters={filters} choices={choices} set={set} />
        <FormField label={t('tags')} hint={t('tagsHint')}>
          {(field) => (
            <TextInput {...field} value={tags} autoComplete="off" onChange={(event) => setTags(event.target.value)} />
          )}
        </FormField>
        <DayRangeField label={t('received')} range={filters.received} onChange={(received) => set({ received })} />
        <DayRangeField label={t('due')} range={filters.due} onChange={(due) => set({ due })} />
        <Toggles
          label={t('channel')}
          options={channels.map((value) => ({ value, label: reports(`channels.${value}`) }))}
          chosen={filters.channels}
          onChange={(chosen) => set({ channels: chosen })}
        />
        <FormField label={t('photo')}>
          {(field) => (
            <SelectInput
              {...field}
              value={filters.photo === null ? '' : filters.photo ? 'yes' : 'no'}
              onChange={(event) => set({ photo: event.target.value === '' ? null : event.target.value === 'yes' })}
            >
              <option value="">{t('any')}</option>
              <option value="yes">{t('withPhoto')}</option>
              <option value="no">{t('withoutPhoto')}</option>
            </SelectInput>
          )}
        </FormField>
      </form>
    </Sheet>
  )
}

type PickersProps = {
  filters: QueueFilters
  choices: Choices | undefined
  set: (change: Partial<QueueFilters>) => void
}

function Pickers({ filters, choices, set }: PickersProps) {
  const t = useTranslations('reports.queue.filters')
  const english = useLocale() === 'en'
  const assignees: PickerOption[] | undefined = choices && [
    { id: 'me', label: t('me') },
    { id: 'none', label: t('none') },
    ...choices.colleagues.map(({ id, name }) => ({ id, label: name, group: t('someone') })),
  ]
  return (
    <>
      <FormField label={t('category')}>
        {(field) => (
          <OptionPicker
            field={field}
            options={choices && categoryOptions(choices, english)}
            multiple
            value={filters.categories}
            onChange={(categories) => set({ categories })}
          />
        )}
      </FormField>
      <FormField label={t('area')}>
        {(field) => (
          <OptionPicker
            field={field}
            options={choices?.areas.map(({ id, name, shortName }) => ({
              id: String(id),
              label: shortName,
              also: name,
            }))}
            multiple
            value={filters.areas.map(String)}
            onChange={(ids) => set({ areas: ids.map(Number) })}
          />
        )}
      </FormField>
      <FormField label={t('agency')} hint={t('agencyHint')}>
        {(field) => (
          <OptionPicker
            field={field}
            options={choices?.agencies.map(({ id, name, shortName }) => ({ id, label: name, note: shortName }))}
            multiple
            value={filters.agencies}
            onChange={(agencies) => set({ agencies })}
          />
        )}
      </FormField>
      <FormField label={t('assignee')}>
        {(field) => (
          <OptionPicker
            field={field}
            options={assignees}
            value={filters.assignee}
            onChange={(assignee) => set({ assignee })}
          />
        )}
      </FormField>
      <FormField label={t('incident')}>
        {(field) => (
          <OptionPicker
            field={field}
            options={choices?.incidents.map(({ id, name }) => ({ id, label: name }))}
            value={filters.incident}
            onChange={(incident) => set({ incident })}
          />
        )}
      </FormField>
    </>
  )
}

/** Groups stand before their leaves: choosing one means all below it. */
function categoryOptions({ categories }: Choices, english: boolean): PickerOption[] {
  const groups = new Map(
    categories.map(({ groupCode, groupName, groupNameEn }) => [groupCode, english ? groupNameEn : groupName]),
  )
  return [...groups].flatMap(([code, name]) => [
    { id: code, label: name, group: name, note: code },
    ...categories
      .filter(({ groupCode }) => groupCode === code)
      .map((leaf) => ({
        id: leaf.code,
        label: english ? leaf.nameEn : leaf.name,
        group: name,
        note: leaf.code,
        also: english ? leaf.name : leaf.nameEn,
      })),
  ])
}

function tagsIn(text: string): Pick<QueueFilters, 'tags' | 'withoutTags'> {
  const typed = [
    ...new Set(
      text
        .normalize('NFC')
        .split(',')
        .map((tag) => tag.trim().slice(0, 41)),
    ),
  ].filter(Boolean)
  return {
    tags: typed.filter((tag) => !tag.startsWith('-')),
    withoutTags: typed.filter((tag) => tag.startsWith('-') && tag.length > 1).map((tag) => tag.slice(1)),
  }
}
