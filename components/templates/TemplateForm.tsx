'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo, useRef } from 'react'
import { EntrySheet } from '#components/events/EntrySheet.tsx'
import { useSaved } from '#components/events/use-saved.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput, TextArea, TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { AnswerTemplate } from '#server/reports/queries/answer-templates.ts'
import { needsAnswer, type RejectReason, rejectReasons } from '#server/reports/rules/lifecycle.ts'
import { type StatedOutcome, statedOutcomes } from '#server/reports/rules/outcome.ts'
import { type TemplateUse, templateUses } from '#server/reports/rules/parts.ts'
import { answerTemplateInput } from '#server/reports/rules/schemas.ts'
import { renderTemplate, templateVariables } from '#server/reports/rules/templates.ts'
import styles from './TemplateForm.module.css'
import { TemplateText } from './TemplateText.tsx'
import { useSample } from './use-sample.ts'

type Props = { template: AnswerTemplate | null; use: TemplateUse; position: number; onClose: () => void }

export function TemplateForm({ template, use, position, onClose }: Props) {
  const t = useTranslations('admin.templates')
  const words = useTranslations('reports')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const sample = useSample()
  const categories = useCategoryOptions()
  const bodyField = useRef<HTMLTextAreaElement>(null)
  const form = useForm(answerTemplateInput, {
    id: template?.id ?? null,
    version: template?.version ?? 0,
    name: template?.name ?? '',
    use: template?.use ?? use,
    categoryCode: template?.categoryCode ?? null,
    reason: template?.reason ?? null,
    outcome: template?.outcome ?? null,
    body: template?.body ?? '',
    isActive: template?.isActive ?? true,
    position,
  })
  const { values, problems, set } = form
  const { saved, take } = useSaved([trpc.answerTemplates.pathFilter()], onClose)
  const done = (what: 'saved' | 'added' | 'removed') => saved(t(`done.${what}`, { name: values.name }))
  const save = useMutation(
    trpc.answerTemplates.save.mutationOptions({ onSuccess: () => done(template ? 'saved' : 'added') }),
  )
  const remove = useMutation(trpc.answerTemplates.remove.mutationOptions({ onSuccess: () => done('removed') }))

  /** At the cursor, else at the end. */
  const insert = (variable: string) => {
    const field = bodyField.current
    const [from, to] = [field?.selectionStart ?? values.body.length, field?.selectionEnd ?? values.body.length]
    set('body', `${values.body.slice(0, from)}${variable}${values.body.slice(to)}`)
    requestAnimationFrame(() => {
      field?.focus()
      field?.setSelectionRange(from + variable.length, from + variable.length)
    })
  }

  return (
    <EntrySheet
      title={template ? t('form.editTitle') : t('form.addTitle')}
      width={600}
      form={form}
      save={save}
      remove={remove}
      removal={
        template && {
          id: template.id,
          title: t('form.removeTitle', { name: template.name }),
          sentence: t('form.removeSentence'),
          label: t('form.remove'),
        }
      }
      onTake={take}
      onClose={onClose}
    >
      <FormField label={t('form.name')} error={problemOf(problems.name)} required>
        {(field) => (
          <TextInput
            {...field}
            autoFocus={template === null}
            value={values.name}
            onChange={(event) => set('name', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('form.use')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.use}
            onChange={(event) => set('use', event.target.value as TemplateUse)}
          >
            {templateUses.map((each) => (
              <option key={each} value={each}>
                {t(`uses.${each}`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      {values.use === 'reject' && (
        <FormField label={t('form.reason')} hint={t('form.reasonHint')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.reason ?? ''}
              onChange={(event) => set('reason', (event.target.value || null) as RejectReason | null)}
            >
              <option value="">{t('form.noReason')}</option>
              {rejectReasons.filter(needsAnswer).map((reason) => (
                <option key={reason} value={reason}>
                  {words(`rejectReasons.${reason}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      )}
      {values.use === 'answer' && (
        <FormField label={t('form.outcome')} hint={t('form.outcomeHint')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.outcome ?? ''}
              onChange={(event) => set('outcome', (event.target.value || null) as StatedOutcome | null)}
            >
              <option value="">{t('form.noOutcome')}</option>
              {statedOutcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {words(`outcomes.${outcome}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      )}
      <FormField label={t('form.category')} hint={t('form.categoryHint')}>
        {(field) => (
          <OptionPicker
            field={field}
            options={categories}
            value={values.categoryCode}
            placeholder={t('anyCategory')}
            onChange={(code) => set('categoryCode', code)}
          />
        )}
      </FormField>
      <FormField label={t('form.body')} error={problemOf(problems.body)} required>
        {(field) => (
          <TextArea
            {...field}
            ref={bodyField}
            rows={8}
            value={values.body}
            onChange={(event) => set('body', event.target.value)}
          />
        )}
      </FormField>
      <div className={styles.variables}>
        <span className={styles.label}>{t('form.variables')}</span>
        {templateVariables.map((name) => (
          <Button
            key={name}
            size="small"
            className={styles.variable}
            title={t('form.insert', { variable: t(`variables.${name}`) })}
            onClick={() => insert(`{{${name}}}`)}
          >
            <code>{`{{${name}}}`}</code> {t(`variables.${name}`)}
          </Button>
        ))}
      </div>
      <CheckField
        label={t('form.isActive')}
        checked={values.isActive}
        onChange={(checked) => set('isActive', checked)}
      />
      {values.body.trim() !== '' && (
        <section className={styles.preview} aria-label={t('form.preview')}>
          <h3 className={styles.label}>{t('form.preview')}</h3>
          <p className={styles.text}>
            <TemplateText body={renderTemplate(values.body, sample)} />
          </p>
        </section>
      )}
    </EntrySheet>
  )
}

/** Groups and the categories in them: a template may be for either. */
function useCategoryOptions() {
  const trpc = useTRPC()
  const nameIn = useNameIn()
  const { data } = useQuery(trpc.categories.tree.queryOptions())
  return useMemo(
    () =>
      data?.flatMap((group) =>
        [group, ...group.children].map((category) => ({
          id: category.code,
          label: nameIn(category),
          note: category.code,
          group: nameIn(group),
        })),
      ),
    [data, nameIn],
  )
}
