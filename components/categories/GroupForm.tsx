'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { CategoryGroup } from '#server/categories/queries.ts'
import { categoryGroupFields } from '#server/categories/rules/schemas.ts'
import { useSaved } from './use-saved.ts'

/** A category of the first level: a name that gathers others. */
export function GroupForm({ group, onClose }: { group: CategoryGroup | null; onClose: () => void }) {
  const t = useTranslations('categories.form')
  const common = useTranslations('common')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const { refresh, saved } = useSaved(onClose)
  const { name = '', nameEn = '', isActive = true } = group ?? {}
  const form = useForm(categoryGroupFields, { name, nameEn, isActive })
  const [code, setCode] = useState('')
  const [version, setVersion] = useState(group?.version ?? 0)
  const { values, problems, set } = form
  const add = useMutation(trpc.categories.addGroup.mutationOptions({ onSuccess: () => saved('added', values.name) }))
  const change = useMutation(
    trpc.categories.changeGroup.mutationOptions({ onSuccess: () => saved('changed', values.name) }),
  )
  const save = group ? change : add

  const submit = () => {
    const fields = form.check()
    if (!fields) return
    if (group) change.mutate({ code: group.code, version, fields })
    else add.mutate({ code, fields })
  }
  const keep = (newer: number) => {
    setVersion(newer)
    change.reset()
  }
  const take = async () => {
    await refresh()
    onClose()
  }

  return (
    <FormSheet
      title={group ? t('editGroupTitle', { code: group.code }) : t('addGroupTitle')}
      submitLabel={group ? common('save') : common('add')}
      busy={save.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={save.error} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      {!group && (
        <FormField label={t('code')} hint={t('groupCodeHint')} required>
          {(field) => (
            <TextInput
              {...field}
              value={code}
              maxLength={2}
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
      <CheckField
        label={t('isActive')}
        hint={t('isActiveHint')}
        checked={values.isActive}
        onChange={(checked) => set('isActive', checked)}
      />
    </FormSheet>
  )
}
