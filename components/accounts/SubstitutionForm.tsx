'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Substitutions } from '#server/accounts/queries/substitutions.ts'
import { dayAfter, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { Notice } from './Notice.tsx'

type Props = { holderId: string; substitutions: Substitutions; onClose: () => void }

/** Whole days, both included, as people agree on them when one of them goes away. */
export function SubstitutionForm({ holderId, substitutions, onClose }: Props) {
  const t = useTranslations('accounts.substitutions')
  const roles = useTranslations('accounts.roles')
  const problemOf = useProblemText()
  const refusalText = useRefusalText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const today = localDayOf(substitutions.asOf)
  const [standInId, setStandIn] = useState<string | null>(null)
  const [chosen, setChosen] = useState(0)
  const [from, setFrom] = useState<string | null>(today)
  const [to, setTo] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const appoint = useMutation(
    trpc.me.appointSubstitute.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries()
        toast({ text: t('appointed'), tone: 'success' })
        onClose()
      },
    }),
  )
  const post = substitutions.lendable[chosen]
  const submit = () => {
    setTried(true)
    if (!standInId || !from || !to || !post || to < from) return
    const span = { startsAt: startOfDay(from), endsAt: startOfDay(dayAfter(to)) }
    appoint.mutate({ holderId, standInId, role: post.role, agencyId: post.agencyId, ...span })
  }
  const missing = (value: string | null) => (tried && !value ? problemOf('required') : undefined)
  return (
    <FormSheet
      title={t('appoint')}
      submitLabel={t('save')}
      busy={appoint.isPending}
      isChanged={standInId !== null || to !== null}
      refusal={appoint.error && <Notice>{refusalText(appoint.error)}</Notice>}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label={t('standIn')} hint={t('standInHint')} error={missing(standInId)} required>
        {(field) => (
          <OptionPicker
            field={field}
            options={substitutions.colleagues.map(({ id, name, position }) => ({ id, label: name, note: position }))}
            value={standInId}
            onChange={setStandIn}
          />
        )}
      </FormField>
      <FormField label={t('role')}>
        {(field) => (
          <SelectInput {...field} value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
            {substitutions.lendable.map(({ role, agencyId, agencyName }, at) => (
              <option key={`${role} ${agencyId}`} value={at}>
                {roles(role)} · {agencyName}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <DateField label={t('from')} value={from} min={today} error={missing(from)} required onChange={setFrom} />
      <DateField
        label={t('to')}
        value={to}
        min={from ?? today}
        hint={t('toHint')}
        error={missing(to) ?? (tried && to && from && to < from ? problemOf('ends_before_start') : undefined)}
        required
        onChange={setTo}
      />
    </FormSheet>
  )
}
