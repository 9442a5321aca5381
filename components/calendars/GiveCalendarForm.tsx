'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { giveCalendarInput } from '#server/calendars/rules/schemas.ts'

type Props = { calendar: { id: string; name: string }; onClose: () => void }

/** Which agencies use this calendar from now on: those with another calendar are offered. */
export function GiveCalendarForm({ calendar, onClose }: Props) {
  const t = useTranslations('calendars.give')
  const done = useTranslations('calendars.done')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const { data } = useQuery(trpc.agencies.valid.queryOptions())
  const options = data
    ?.filter(({ calendarId }) => calendarId !== calendar.id)
    .map(({ id, name, shortName }) => ({ id, label: name, note: shortName, also: id }))
  const form = useForm(giveCalendarInput, { calendarId: calendar.id, agencyIds: [] as string[] })
  const { values, problems, set } = form
  const give = useMutation(
    trpc.calendars.give.mutationOptions({
      onSuccess: ({ agencies }) => {
        void queries.invalidateQueries(trpc.calendars.pathFilter())
        void queries.invalidateQueries(trpc.agencies.pathFilter())
        toast({ text: done('calendarGiven', { count: agencies }), tone: 'success' })
        onClose()
      },
    }),
  )
  const submit = () => {
    const input = form.check()
    if (input) give.mutate(input)
  }
  return (
    <FormSheet
      title={t('title', { name: calendar.name })}
      submitLabel={t('save')}
      busy={give.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={give.error} onKeep={give.reset} onTake={onClose} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label={t('agencies')} hint={t('hint')} error={problemOf(problems.agencyIds)} required>
        {(field) => (
          <OptionPicker
            field={field}
            options={options}
            multiple
            value={values.agencyIds}
            onChange={(ids) => set('agencyIds', ids)}
          />
        )}
      </FormField>
    </FormSheet>
  )
}
