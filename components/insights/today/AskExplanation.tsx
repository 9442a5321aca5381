'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { askExplanationInput, explanationLimits } from '#server/insights/rules/explanations.ts'
import type { Risk, RiskOwner } from '#server/insights/rules/today.ts'
import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { OwnerField } from './OwnerField.tsx'

type Props = {
  risk: Risk
  what: string
  owners: readonly [RiskOwner, ...RiskOwner[]]
  scope: string | null
  today: LocalDay
  nextWorkingDay: LocalDay
  onClose: () => void
}

const fields = askExplanationInput.omit({ id: true })

/** Asks the owner of a risk to explain it by a day. What was typed stays where it is refused. */
export function AskExplanation({ risk, what, owners, scope, today, nextWorkingDay, onClose }: Props) {
  const t = useTranslations('today.explanations.ask')
  const trpc = useTRPC()
  const router = useRouter()
  const toast = useToast()
  const problemOf = useProblemText()
  const form = useForm(fields, {
    risk: risk.id,
    agency: owners[0].id,
    scope,
    dueOn: nextWorkingDay as string,
    words: '',
  })
  const { values, problems, set } = form
  // The same request keeps one id, however often it is sent; a changed one is another.
  const sent = useRef<{ id: string; body: string } | null>(null)
  const ask = useMutation(
    trpc.insights.askExplanation.mutationOptions({
      onSuccess: ({ reports, kept }, { agency }) => {
        const name = owners.find(({ id }) => id === agency)?.shortName ?? ''
        toast({ text: t(kept < reports ? 'doneInPart' : 'done', { agency: name, kept, reports }), tone: 'success' })
        onClose()
        router.refresh()
      },
    }),
  )
  return (
    <FormSheet
      title={t('title')}
      submitLabel={t('send')}
      busy={ask.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={ask.error} onKeep={ask.reset} onTake={onClose} />}
      onSubmit={() => {
        const input = form.check()
        if (!input) return
        const body = JSON.stringify(input)
        if (sent.current?.body !== body) sent.current = { id: crypto.randomUUID(), body }
        ask.mutate({ ...input, id: sent.current.id })
      }}
      onClose={onClose}
    >
      <p>{what}</p>
      <OwnerField owners={owners} value={values.agency} onChange={(agency) => set('agency', agency)} />
      <DateField
        label={t('dueOn')}
        value={values.dueOn}
        min={today}
        max={dayAfter(today, explanationLimits.days)}
        error={problemOf(problems.dueOn)}
        required
        onChange={(day) => set('dueOn', day ?? '')}
      />
      <FormField label={t('words')} hint={t('wordsHint')} error={problemOf(problems.words)}>
        {(field) => (
          <TextArea
            {...field}
            maxLength={explanationLimits.wordsLength}
            value={values.words}
            onChange={(event) => set('words', event.target.value)}
          />
        )}
      </FormField>
    </FormSheet>
  )
}
