'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { CountField } from '#components/ui/CountField.tsx'
import { PageHeader } from '#components/ui/PageHeader.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import { type Role, roles } from '#server/accounts/rules/actor.ts'
import { recommendedRoles } from '#server/accounts/rules/second-factor.ts'
import { defaultSettings, type Settings, settingsSchema } from '#server/platform/rules/settings.ts'
import { QuietHours } from './QuietHours.tsx'
import styles from './SettingsForm.module.css'

const counts = [
  { key: 'ratingWindowDays', unit: 'days' },
  { key: 'reopenWindowDays', unit: 'days' },
  { key: 'citizenReplyDays', unit: 'workingDays' },
  { key: 'undoSeconds', unit: 'seconds' },
  { key: 'remindRatingDays', unit: 'days' },
] as const
type CountKey = (typeof counts)[number]['key']
type Values = Omit<Settings, CountKey> & Record<CountKey, number | null>

const isRecommended = (role: Role) => (recommendedRoles as readonly Role[]).includes(role)

/** The settings of the city. */
export function SettingsForm({ initial }: { initial: Settings }) {
  const t = useTranslations('admin.settings')
  const roleName = useTranslations('accounts.roles')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  /** The settings the form was opened with: the save is refused if they no longer hold. */
  const [before, setBefore] = useState(initial)
  const form = useForm<Values, Settings>(settingsSchema, initial)
  const { values, problems, set } = form
  const refresh = () => queries.fetchQuery({ ...trpc.settings.read.queryOptions(), staleTime: 0 })
  const save = useMutation(
    trpc.settings.change.mutationOptions({
      onSuccess: (saved) => {
        setBefore(saved)
        form.restart(saved)
        void refresh()
        toast({ text: t('done'), tone: 'success' })
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const settings = form.check()
    if (settings && form.isChanged) save.mutate({ before, settings })
  }
  // In the order of the roles, so that removing a role and adding it again is no change.
  const askOf = (role: Role, isAsked: boolean) =>
    set(
      'secondFactorRoles',
      roles.filter((each) => (each === role ? isAsked : values.secondFactorRoles.includes(each))),
    )
  const keep = async () => {
    setBefore(await refresh())
    save.reset()
  }
  const take = async () => {
    const fresh = await refresh()
    setBefore(fresh)
    form.restart(fresh)
    save.reset()
  }

  return (
    <>
      <PageHeader title={t('title')} sentence={t('sentence')} />
      <form className={styles.form} noValidate onSubmit={submit}>
        <SaveRefusal error={save.error} onKeep={keep} onTake={take} />
        {counts.map(({ key, unit }) => (
          <CountField
            key={key}
            label={t(key)}
            hint={`${t(`${key}Hint`)} ${t('default', { value: defaultSettings[key] })}`}
            error={problemOf(problems[key])}
            unit={t(unit)}
            value={values[key]}
            onChange={(value) => set(key, value)}
          />
        ))}
        <CheckField
          look="switch"
          label={t('soleAccountMayApprove')}
          checked={values.soleAccountMayApprove}
          onChange={(checked) => set('soleAccountMayApprove', checked)}
        />
        <QuietHours quietFrom={values.quietFrom} quietTo={values.quietTo} onChange={set} />
        <CheckField
          look="switch"
          label={t('quietSparesUrgent')}
          checked={values.quietSparesUrgent}
          onChange={(checked) => set('quietSparesUrgent', checked)}
        />
        <fieldset className={styles.roles}>
          <legend>{t('secondFactorRoles')}</legend>
          <p>{t('secondFactorRolesHint')}</p>
          <div>
            {roles.map((role) => (
              <CheckField
                key={role}
                label={isRecommended(role) ? `${roleName(role)} (${t('recommended')})` : roleName(role)}
                checked={values.secondFactorRoles.includes(role)}
                onChange={(checked) => askOf(role, checked)}
              />
            ))}
          </div>
        </fieldset>
        <div>
          <Button
            type="submit"
            variant="primary"
            busy={save.isPending}
            reason={form.isChanged ? undefined : t('unchanged')}
          >
            {t('save')}
          </Button>
        </div>
      </form>
    </>
  )
}
