'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { EntrySheet } from '#components/events/EntrySheet.tsx'
import { useSaved } from '#components/events/use-saved.ts'
import { MomentFields } from '#components/incidents/MomentFields.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Annotation } from '#server/insights/queries/annotations.ts'
import {
  type AnnotationTag,
  annotationTags,
  type SaveAnnotation,
  saveAnnotationInput,
} from '#server/insights/rules/annotation.ts'

type Props = { annotation: Annotation | null; onClose: () => void }
type Values = Omit<SaveAnnotation, 'startsAt'> & { startsAt: Date | null }

export function AnnotationForm({ annotation, onClose }: Props) {
  const t = useTranslations('board.annotations')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const form = useForm<Values, SaveAnnotation>(saveAnnotationInput, {
    id: annotation?.id ?? null,
    version: annotation?.version ?? 0,
    startsAt: annotation?.startsAt ?? null,
    endsAt: annotation?.endsAt ?? null,
    tag: annotation?.tag ?? 'other',
    words: annotation?.words ?? '',
    agencyId: annotation?.agency?.id ?? null,
  })
  const { values, problems, set } = form
  const { saved, take } = useSaved([trpc.insights.pathFilter()], onClose)
  const save = useMutation(
    trpc.insights.saveAnnotation.mutationOptions({
      onSuccess: () => saved(t(annotation ? 'done.saved' : 'done.added')),
    }),
  )
  const remove = useMutation(
    trpc.insights.removeAnnotation.mutationOptions({ onSuccess: () => saved(t('done.removed')) }),
  )
  return (
    <EntrySheet
      title={t(annotation ? 'form.editTitle' : 'form.addTitle')}
      form={form}
      save={save}
      remove={remove}
      removal={
        annotation && {
          id: annotation.id,
          title: t('form.removeTitle'),
          sentence: t('form.removeSentence', { words: annotation.words }),
        }
      }
      onTake={take}
      onClose={onClose}
    >
      <FormField label={t('form.words')} hint={t('form.wordsHint')} error={problemOf(problems.words)} required>
        {(field) => (
          <TextInput
            {...field}
            maxLength={160}
            value={values.words}
            onChange={(event) => set('words', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('form.tag')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.tag}
            onChange={(event) => set('tag', event.target.value as AnnotationTag)}
          >
            {annotationTags.map((tag) => (
              <option key={tag} value={tag}>
                {t(`tags.${tag}`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <MomentFields
        label={t('form.startsAt')}
        timeLabel={t('form.startsTime')}
        value={values.startsAt}
        error={problemOf(problems.startsAt)}
        required
        onChange={(at) => set('startsAt', at)}
      />
      <MomentFields
        label={t('form.endsAt')}
        timeLabel={t('form.endsTime')}
        value={values.endsAt}
        error={problemOf(problems.endsAt)}
        hint={t('form.endsHint')}
        onChange={(at) => set('endsAt', at)}
      />
      <AgencyField
        label={t('columns.agency')}
        value={values.agencyId}
        endedName={annotation?.agency?.name ?? null}
        placeholder={t('city')}
        hint={t('form.agencyHint')}
        error={problemOf(problems.agencyId)}
        onChange={(agencyId) => set('agencyId', agencyId)}
      />
    </EntrySheet>
  )
}
