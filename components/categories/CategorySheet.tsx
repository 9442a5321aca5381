'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import type { Problems } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'

type Form<Fields> = {
  values: { name: string; nameEn: string; isActive: boolean }
  problems: Problems
  isChanged: boolean
  set: ((key: 'name' | 'nameEn', value: string) => void) & ((key: 'isActive', value: boolean) => void)
  check: () => Fields | null
}

type Props<Fields> = {
  title: string
  /** Null for a new entry: only then its code is typed. */
  entry: { version: number } | null
  code: { initial: string; hint: string; longest: number }
  form: Form<Fields>
  save: { isPending: boolean; error: unknown; reset: () => void }
  onSave: (fields: Fields, seen: { code: string; version: number }) => void
  onTake: () => void
  onClose: () => void
  children?: ReactNode
}

/** The sheet that adds or changes a category or a group of categories. */
export function CategorySheet<Fields>(props: Props<Fields>) {
  const { title, entry, code: coded, form, save, onSave, onTake, onClose, children } = props
  const t = useTranslations('categories.form')
  const common = useTranslations('common')
  const problemOf = useProblemText()
  const [code, setCode] = useState(coded.initial)
  const [version, setVersion] = useState(entry?.version ?? 0)
  const { values, problems, set } = form
  const submit = () => {
    const fields = form.check()
    if (fields) onSave(fields, { code, version })
  }
  const keep = (newer: number) => {
    setVersion(newer)
    save.reset()
  }
  return (
    <FormSheet
      title={title}
      submitLabel={entry ? common('save') : common('add')}
      busy={save.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={save.error} onKeep={keep} onTake={onTake} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {!entry && (
        <FormField label={t('code')} hint={coded.hint} required>
          {(field) => (
            <TextInput
              {...field}
              value={code}
              maxLength={coded.longest}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setCode(event.target.value.toUpperCase())}
            />
          )}
        </FormField>
      )}
      <FormField label={t('name')} error={problemOf(problems.name)} required>
        {(field) => <TextInput {...field} value={values.name} onChange={(event) => set('name', event.target.value)} />}
      </FormField>
      <FormField label={t('nameEn')} error={problemOf(problems.nameEn)} required>
        {(field) => (
          <TextInput
            {...field}
            lang="en"
            value={values.nameEn}
            onChange={(event) => set('nameEn', event.target.value)}
          />
        )}
      </FormField>
      {children}
      <CheckField
        label={t('isActive')}
        hint={t('isActiveHint')}
        checked={values.isActive}
        onChange={(checked) => set('isActive', checked)}
      />
    </FormSheet>
  )
}
