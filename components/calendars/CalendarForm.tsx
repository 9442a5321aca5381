'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { CalendarView } from '#server/calendars/queries/desk.ts'
import { createCalendarInput } from '#server/calendars/rules/schemas.ts'

type Props = { calendars: readonly CalendarView[]; likeId: string; onMade: (id: string) => void; onClose: () => void }

/** A new calendar, which starts with the hours of another. */
export function CalendarForm({ calendars, likeId, onMade, onClose }: Props) {
  const t = useTranslations('calendars.create')
  const done = useTranslations('calendars.done')
  const common = useTranslations('common')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const form = useForm(createCalendarInput, { name: '', likeId })
  const { values, problems, set } = form
  const create = useMutation(
    trpc.calendars.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(trpc.calendars.pathFilter())
        toast({ text: done('calendarCreated', { name: values.name }), tone: 'success' })
        onMade(id)
      },
    }),
  )
  const submit = () => {
    const input = form.check()
    if (input) create.mutate(input)
  }
  return (
    <FormSheet
      title={t('title')}
      submitLabel={common('add')}
      busy={create.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={create.error} onKeep={create.reset} onTake={onClose} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label={t('name')} error={problemOf(problems.name)} required>
        {(field) => <TextInput {...field} value={values.name} onChange={(event) => set('name', event.target.value)} />}
      </FormField>
      <FormField label={t('like')} hint={t('likeHint')}>
        {(field) => (
          <SelectInput {...field} value={values.likeId} onChange={(event) => set('likeId', event.target.value)}>
            {calendars.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
    </FormSheet>
  )
}
