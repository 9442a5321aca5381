'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { EntrySheet } from '#components/events/EntrySheet.tsx'
import { useSaved } from '#components/events/use-saved.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { SavedView } from '#server/reports/queries/saved-views.ts'
import {
  type SavedLayout,
  type SaveView,
  saveViewInput,
  type ViewAudience,
  viewAudiences,
  viewRoles,
} from '#server/reports/rules/saved-views.ts'

type Props = {
  /** The view being changed; null for a new one. */
  view: SavedView | null
  address: string
  layout: SavedLayout | null
  /** The filters of the queue, as text. */
  summary: string
  onClose: () => void
}

/** Names a queue, and sets who may use it under that name. */
export function SaveViewForm({ view, address, layout, summary, onClose }: Props) {
  const t = useTranslations('reports.queue.saved')
  const common = useTranslations('common')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const [id] = useState(() => view?.id ?? crypto.randomUUID())
  const form = useForm<SaveView, SaveView>(saveViewInput, {
    id,
    version: view?.version ?? 0,
    name: view?.name ?? '',
    audience: view?.audience ?? 'mine',
    agencyId: view?.agency?.id ?? null,
    role: view?.role ?? null,
    address,
    layout,
  })
  const { values, problems, set } = form
  const { data: audiences } = useQuery(trpc.savedViews.audiences.queryOptions())
  const offered = viewAudiences.filter(
    (audience) =>
      audience === 'mine' ||
      audience === view?.audience ||
      (audience === 'agency' ? audiences?.agencies.length : audiences?.roles.length),
  )
  const { saved, take } = useSaved([trpc.savedViews.pathFilter()], onClose)
  const done = (what: 'saved' | 'removed') => saved(t(`done.${what}`, { name: values.name }))
  const save = useMutation(trpc.savedViews.save.mutationOptions({ onSuccess: () => done('saved') }))
  const remove = useMutation(trpc.savedViews.remove.mutationOptions({ onSuccess: () => done('removed') }))
  return (
    <EntrySheet
      title={t(view ? 'editTitle' : 'saveTitle')}
      width={420}
      form={form}
      save={save}
      remove={remove}
      removal={view && { id, title: t('removeTitle'), sentence: t('removeSentence', { name: view.name }) }}
      addLabel={common('save')}
      onTake={take}
      onClose={onClose}
    >
      <p>{summary}</p>
      <FormField label={t('name')} error={problemOf(problems.name)} required>
        {(field) => (
          <TextInput
            {...field}
            autoFocus
            maxLength={60}
            value={values.name}
            onChange={(event) => set('name', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('audience')} hint={t(`audienceHints.${values.audience}`)}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.audience}
            onChange={(event) => set('audience', event.target.value as ViewAudience)}
          >
            {offered.map((audience) => (
              <option key={audience} value={audience}>
                {t(`audiences.${audience}`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      {values.audience === 'agency' && (
        <FormField label={t('agency')} error={problemOf(problems.agencyId)} required>
          {(field) => (
            <OptionPicker
              field={field}
              options={audiences?.agencies.map(({ id: agencyId, name }) => ({ id: agencyId, label: name }))}
              value={values.agencyId}
              onChange={(agencyId) => set('agencyId', agencyId)}
            />
          )}
        </FormField>
      )}
      {values.audience === 'role' && (
        <FormField label={t('role')} error={problemOf(problems.role)} required>
          {(field) => (
            <SelectInput
              {...field}
              value={values.role ?? ''}
              onChange={(event) => set('role', viewRoles.find((role) => role === event.target.value) ?? null)}
            >
              <option value="" />
              {viewRoles.map((role) => (
                <option key={role} value={role}>
                  {t(`roles.${role}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      )}
    </EntrySheet>
  )
}
