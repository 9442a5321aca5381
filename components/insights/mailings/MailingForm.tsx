'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { CheckGroup } from '#components/ui/CheckGroup.tsx'
import { ConfirmDialog } from '#components/ui/ConfirmDialog.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Mailing } from '#server/insights/queries/mailings.ts'
import {
  attachments,
  isTimed,
  type MailingEdition,
  mailingEditions,
  type SaveMailing,
  saveMailingInput,
} from '#server/insights/rules/mailing.ts'
import styles from './MailingList.module.css'
import { timeOf, weekdays } from './use-rhythm-words.ts'

type Props = { mailing: Mailing | null; onClose: () => void }

const daysOfMonth = Array.from({ length: 31 }, (_, place) => place + 1)
const locales = ['vi', 'en'] as const

export function MailingForm({ mailing, onClose }: Props) {
  const t = useTranslations('mailings.form')
  const lists = useTranslations('mailings')
  const common = useTranslations('common')
  const locale = useLocale()
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const [isRemoving, setRemoving] = useState(false)
  const form = useForm<SaveMailing, SaveMailing>(saveMailingInput, {
    id: mailing?.id ?? null,
    version: mailing?.version ?? 0,
    name: mailing?.name ?? '',
    edition: mailing?.edition ?? 'weekly',
    day: mailing?.day ?? 1,
    minute: mailing?.minute ?? 450,
    onWorkingDays: mailing?.onWorkingDays ?? true,
    skipsEmpty: mailing?.skipsEmpty ?? true,
    locale: mailing?.locale ?? locale,
    attachments: mailing?.attachments ?? ['xlsx'],
    recipientIds: mailing?.recipients.map(({ id }) => id) ?? [],
    isActive: mailing?.isActive ?? true,
  })
  const { values, problems, set } = form
  const { data: choices } = useQuery(trpc.insights.mailingRecipients.queryOptions())
  const options = useMemo(() => {
    // Existing recipients stay, though they may not be chosen any more.
    const kept = mailing?.recipients.filter(({ id }) => !choices?.some((each) => each.id === id)) ?? []
    return (
      choices &&
      [...kept, ...choices].map(({ id, name, note, problem }) => ({
        id,
        label: name,
        note: [note, problem && lists(`problems.${problem}`)].filter(Boolean).join(' · '),
      }))
    )
  }, [choices, mailing, lists])
  const refresh = () => queries.invalidateQueries(trpc.insights.mailings.pathFilter())
  const done = (what: 'added' | 'saved' | 'removed') => {
    void refresh()
    toast({ text: lists(`done.${what}`), tone: 'success' })
    onClose()
  }
  const save = useMutation(
    trpc.insights.saveMailing.mutationOptions({ onSuccess: () => done(mailing ? 'saved' : 'added') }),
  )
  const remove = useMutation(
    trpc.insights.removeMailing.mutationOptions({
      onSuccess: () => done('removed'),
      onError: () => setRemoving(false),
    }),
  )
  const submit = () => {
    const input = form.check()
    if (input) save.mutate(input)
  }
  const keep = (version: number) => {
    set('version', version)
    save.reset()
    remove.reset()
  }
  const take = async () => {
    await refresh()
    onClose()
  }
  const chooseEdition = (edition: MailingEdition) => {
    set('edition', edition)
    set('day', 1)
  }
  const chooseTime = (text: string) => {
    const [hours = Number.NaN, minutes = Number.NaN] = text.split(':').map(Number)
    set('minute', text === '' ? Number.NaN : hours * 60 + minutes)
  }
  return (
    <>
      <FormSheet
        title={t(mailing ? 'editTitle' : 'addTitle')}
        submitLabel={mailing ? common('save') : common('add')}
        busy={save.isPending}
        isChanged={form.isChanged}
        refusal={<SaveRefusal error={save.error ?? remove.error} onKeep={keep} onTake={take} />}
        aside={
          mailing && (
            <Button variant="quiet" icon={<Trash2 />} onClick={() => setRemoving(true)}>
              {common('remove')}
            </Button>
          )
        }
        onSubmit={submit}
        onClose={onClose}
      >
        <FormField label={t('name')} hint={t('nameHint')} error={problemOf(problems.name)} required>
          {(field) => (
            <TextInput
              {...field}
              maxLength={80}
              autoComplete="off"
              value={values.name}
              onChange={(event) => set('name', event.target.value)}
            />
          )}
        </FormField>
        <FormField label={t('edition')} hint={isTimed(values) ? undefined : t('afterHint')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.edition}
              onChange={(event) => chooseEdition(event.target.value as MailingEdition)}
            >
              {mailingEditions.map((edition) => (
                <option key={edition} value={edition}>
                  {t(`editions.${edition}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        {isTimed(values) && (
          <>
            <div className={styles.fields}>
              {values.edition !== 'daily' && (
                <FormField
                  label={t(values.edition === 'weekly' ? 'weekday' : 'dayOfMonth')}
                  hint={values.edition === 'monthly' && values.day > 28 ? t('dayHint') : undefined}
                >
                  {(field) => (
                    <SelectInput
                      {...field}
                      value={values.day}
                      onChange={(event) => set('day', Number(event.target.value))}
                    >
                      {values.edition === 'weekly'
                        ? weekdays.map((day) => (
                            <option key={day} value={day}>
                              {lists(`weekdays.d${day}`)}
                            </option>
                          ))
                        : daysOfMonth.map((day) => (
                            <option key={day} value={day}>
                              {day}
                            </option>
                          ))}
                    </SelectInput>
                  )}
                </FormField>
              )}
              <FormField label={t('time')} error={problemOf(problems.minute)} required>
                {(field) => (
                  <TextInput
                    {...field}
                    type="time"
                    defaultValue={timeOf(values.minute)}
                    onChange={(event) => chooseTime(event.target.value)}
                  />
                )}
              </FormField>
            </div>
            <CheckField
              label={t('onWorkingDays')}
              hint={t(values.edition === 'daily' ? 'dailyOnWorkingDaysHint' : 'onWorkingDaysHint')}
              checked={values.onWorkingDays}
              onChange={(isOn) => set('onWorkingDays', isOn)}
            />
          </>
        )}
        <CheckField
          label={t(isTimed(values) ? 'skipsEmpty' : 'skipsEmptyIncident')}
          checked={values.skipsEmpty}
          onChange={(isOn) => set('skipsEmpty', isOn)}
        />
        <FormField label={t('recipients')} hint={t('recipientsHint')} error={problemOf(problems.recipientIds)} required>
          {(field) => (
            <OptionPicker
              field={field}
              multiple
              options={options}
              value={values.recipientIds}
              onChange={(ids) => set('recipientIds', ids)}
            />
          )}
        </FormField>
        <FormField label={t('locale')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.locale}
              onChange={(event) => set('locale', event.target.value as SaveMailing['locale'])}
            >
              {locales.map((each) => (
                <option key={each} value={each}>
                  {t(`locales.${each}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        <CheckGroup
          legend={t('attachments')}
          choices={attachments}
          labelOf={t}
          value={values.attachments}
          onChange={(chosen) => set('attachments', chosen)}
        />
      </FormSheet>
      {mailing && (
        <ConfirmDialog
          open={isRemoving}
          title={t('removeTitle')}
          confirmLabel={common('remove')}
          tone="danger"
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ id: mailing.id, version: values.version })}
          onClose={() => setRemoving(false)}
        >
          {t('removeSentence', { name: mailing.name })}
        </ConfirmDialog>
      )}
    </>
  )
}
