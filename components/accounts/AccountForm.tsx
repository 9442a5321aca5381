'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useStepUp } from '#components/shell/use-step-up.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { AccountRow } from '#server/accounts/queries/accounts.ts'
import { type AccountProblems, type AccountValues, judge, sameRoles, valuesOf } from './account-form.ts'
import { type Agency, agencyOptions } from './agency-options.ts'
import { RoleFields } from './RoleFields.tsx'
import formStyles from './SignInForm.module.css'
import { useSaveAccount } from './use-save-account.ts'

type Props = {
  /** Null for a new account. */
  account: AccountRow | null
  agencies: readonly Agency[] | undefined
  onClose: () => void
  onCreated: (account: { id: string; name: string }) => void
}

export function AccountForm({ account, agencies, onClose, onCreated }: Props) {
  const t = useTranslations('accounts.admin')
  const toast = useToast()
  const refusalText = useRefusalText()
  const format = useFormat()
  const [values, setValues] = useState(() => valuesOf(account))
  const [problems, setProblems] = useState<AccountProblems>({})
  const save = useSaveAccount(account)
  const { stepUp, dialog } = useStepUp()
  const before = valuesOf(account)
  const options = agencies && agencyOptions(agencies, (day) => t('form.ended', { date: format.date(new Date(day)) }))

  const set = (changes: Partial<AccountValues>) => {
    setValues((present) => ({ ...present, ...changes }))
    setProblems((present) => Object.fromEntries(Object.entries(present).filter(([field]) => !(field in changes))))
  }
  const problem = (field: keyof AccountValues) => {
    const word = problems[field]
    return word && t(`form.errors.${word}`)
  }
  const submit = () => {
    const judged = judge(values, account === null)
    if ('problems' in judged) return setProblems(judged.problems)
    const send = () =>
      save.mutate(judged.data, {
        onSuccess: ({ id }) => {
          toast({
            text: t(account ? 'done.changed' : 'done.created', { username: judged.data.username }),
            tone: 'success',
          })
          onClose()
          if (!account) onCreated({ id, name: judged.data.name })
        },
      })
    // Granting or changing roles asks for a recent confirmation of identity.
    if (account && sameRoles(before.roles, judged.data.roles)) send()
    else void stepUp({ rows: Number.POSITIVE_INFINITY }, send)
  }

  return (
    <FormSheet
      title={account ? t('form.editTitle', { username: account.username }) : t('form.createTitle')}
      submitLabel={account ? t('form.save') : t('form.create')}
      busy={save.isPending}
      isChanged={JSON.stringify(values) !== JSON.stringify(before)}
      refusal={
        save.isError && (
          <p role="alert" className={formStyles.problem}>
            <CircleAlert size={16} aria-hidden="true" />
            {refusalText(save.error)}
          </p>
        )
      }
      onSubmit={submit}
      onClose={onClose}
    >
      {!account && (
        <FormField label={t('form.username')} hint={t('form.usernameHint')} error={problem('username')} required>
          {(field) => (
            <TextInput
              {...field}
              value={values.username}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              autoFocus
              onChange={(event) => set({ username: event.target.value })}
            />
          )}
        </FormField>
      )}
      <FormField label={t('form.name')} error={problem('name')} required>
        {(field) => (
          <TextInput {...field} value={values.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </FormField>
      <FormField label={t('form.position')} error={problem('position')}>
        {(field) => (
          <TextInput {...field} value={values.position} onChange={(event) => set({ position: event.target.value })} />
        )}
      </FormField>
      <FormField label={t('form.email')} error={problem('email')}>
        {(field) => (
          <TextInput
            {...field}
            type="email"
            value={values.email}
            onChange={(event) => set({ email: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('form.agency')} error={problem('agencyId')} required>
        {(field) => (
          <OptionPicker
            field={field}
            options={options}
            value={values.agencyId || null}
            placeholder={t('form.chooseAgency')}
            onChange={(id) => set({ agencyId: id ?? '' })}
          />
        )}
      </FormField>
      <RoleFields
        roles={values.roles}
        options={options}
        home={values.agencyId}
        error={problem('roles')}
        warning={account && !sameRoles(before.roles, values.roles) ? t('form.rolesWarning') : undefined}
        onChange={(roles) => set({ roles })}
      />
      {dialog}
    </FormSheet>
  )
}
