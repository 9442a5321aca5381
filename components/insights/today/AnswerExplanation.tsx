'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { TextArea } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { answerExplanationInput, explanationLimits } from '#server/insights/rules/explanations.ts'

type Props = { id: string; what: string; onClose: () => void }

/** The answer of the head of an agency. What was typed stays where it is refused. */
export function AnswerExplanation({ id, what, onClose }: Props) {
  const t = useTranslations('today.explanations.answer')
  const trpc = useTRPC()
  const router = useRouter()
  const toast = useToast()
  const problemOf = useProblemText()
  const form = useForm(answerExplanationInput, { id, answer: '' })
  const answer = useMutation(
    trpc.insights.answerExplanation.mutationOptions({
      onSuccess: () => {
        toast({ text: t('done'), tone: 'success' })
        onClose()
        router.refresh()
      },
    }),
  )
  return (
    <FormSheet
      title={t('title')}
      submitLabel={t('send')}
      busy={answer.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={answer.error} onKeep={answer.reset} onTake={onClose} />}
      onSubmit={() => {
        const input = form.check()
        if (input) answer.mutate(input)
      }}
      onClose={onClose}
    >
      <p>{what}</p>
      <FormField label={t('label')} hint={t('hint')} error={problemOf(form.problems.answer)} required>
        {(field) => (
          <TextArea
            {...field}
            rows={8}
            maxLength={explanationLimits.answerLength}
            value={form.values.answer}
            onChange={(event) => form.set('answer', event.target.value)}
          />
        )}
      </FormField>
    </FormSheet>
  )
}
