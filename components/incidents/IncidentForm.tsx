'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { AgencyField } from '#components/agencies/AgencyField.tsx'
import { AreasField } from '#components/areas/AreasField.tsx'
import { SaveRefusal } from '#components/events/SaveRefusal.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { FormSheet } from '#components/ui/FormSheet.tsx'
import { SelectInput, TextArea, TextInput } from '#components/ui/TextInput.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useForm } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import type { Incident } from '#server/incidents/queries.ts'
import { type IncidentKind, incidentKinds } from '#server/incidents/rules/incident.ts'
import { type CreateIncident, createIncidentInput } from '#server/incidents/rules/schemas.ts'
import { subTypes } from '#server/incidents/rules/sub-types.ts'
import { KeywordsField } from './KeywordsField.tsx'
import { MomentFields } from './MomentFields.tsx'
import { SubTypesField } from './SubTypesField.tsx'

type Props = { incident: Incident | null; onClose: () => void }
type Values = Omit<CreateIncident, 'startsAt'> & { startsAt: Date | null }

/** Emergency mode is only in the form of a new incident: later it has a separate switch, as it moves deadlines. */
export function IncidentForm({ incident, onClose }: Props) {
  const t = useTranslations('incidents')
  const common = useTranslations('common')
  const problemOf = useProblemText()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const router = useRouter()
  const toast = useToast()
  const [version, setVersion] = useState(incident?.version ?? 0)
  const [fresh] = useState(freshIncident)
  const form = useForm<Values, CreateIncident>(createIncidentInput, incident ? valuesOf(incident) : fresh)
  const { values, problems, set } = form
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.incidents.pathFilter()),
      queries.invalidateQueries(trpc.figures.pathFilter()),
    ])
  const done = (what: 'created' | 'changed') => {
    void refresh()
    // The storm badge is in the shell, which the server renders.
    router.refresh()
    toast({ text: t(`done.${what}`, { name: values.name }), tone: 'success' })
    onClose()
  }
  const create = useMutation(trpc.incidents.create.mutationOptions({ onSuccess: () => done('created') }))
  const change = useMutation(trpc.incidents.change.mutationOptions({ onSuccess: () => done('changed') }))
  const save = incident ? change : create

  const submit = () => {
    const input = form.check()
    if (!input) return
    if (!incident) return create.mutate(input)
    const { stormMode: _, ...fields } = input
    change.mutate({ ...fields, id: incident.id, version })
  }
  const keep = (newer: number) => {
    setVersion(newer)
    change.reset()
  }
  const take = async () => {
    await refresh()
    onClose()
  }
  const errorOf = (field: keyof Values) => problemOf(problems[field])

  return (
    <FormSheet
      title={incident ? t('form.editTitle') : t('form.addTitle')}
      submitLabel={incident ? common('save') : common('add')}
      busy={save.isPending}
      isChanged={form.isChanged}
      refusal={<SaveRefusal error={save.error} onKeep={keep} onTake={take} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField label={t('form.name')} hint={t('form.nameHint')} error={errorOf('name')} required>
        {(field) => <TextInput {...field} value={values.name} onChange={(event) => set('name', event.target.value)} />}
      </FormField>
      <FormField label={t('form.nameEn')} hint={t('form.nameEnHint')} error={errorOf('nameEn')}>
        {(field) => (
          <TextInput
            {...field}
            lang="en"
            value={values.nameEn}
            onChange={(event) => set('nameEn', event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('form.kind')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.kind}
            onChange={(event) => set('kind', event.target.value as IncidentKind)}
          >
            {incidentKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <MomentFields
        label={t('form.startsAt')}
        timeLabel={t('form.startsTime')}
        value={values.startsAt}
        error={errorOf('startsAt')}
        required
        onChange={(at) => set('startsAt', at)}
      />
      <MomentFields
        label={t('form.endsAt')}
        timeLabel={t('form.endsTime')}
        value={values.endsAt}
        error={errorOf('endsAt')}
        hint={t('form.endsHint')}
        onChange={(at) => set('endsAt', at)}
      />
      <AreasField
        value={values.areaIds}
        hint={t('form.areasHint')}
        error={errorOf('areaIds')}
        onChange={(ids) => set('areaIds', ids)}
      />
      <AgencyField
        label={t('form.lead')}
        value={values.leadAgencyId}
        endedName={incident?.leadAgency?.name ?? null}
        error={errorOf('leadAgencyId')}
        onChange={(id) => set('leadAgencyId', id)}
      />
      <SubTypesField
        label={t('form.subTypes')}
        hint={t('form.subTypesHint')}
        choices={subTypes}
        value={values.subTypes}
        onChange={(chosen) => set('subTypes', chosen)}
      />
      <KeywordsField
        value={values.keywords}
        error={errorOf('keywords')}
        onChange={(keywords) => set('keywords', keywords)}
      />
      <FormField label={t('form.note')} error={errorOf('note')}>
        {(field) => <TextArea {...field} value={values.note} onChange={(event) => set('note', event.target.value)} />}
      </FormField>
      {!incident && (
        <CheckField
          look="switch"
          label={t('form.stormMode')}
          hint={t('form.stormHint')}
          checked={values.stormMode}
          onChange={(checked) => set('stormMode', checked)}
        />
      )}
    </FormSheet>
  )
}

function freshIncident(): Values {
  return {
    name: '',
    nameEn: '',
    kind: 'storm',
    startsAt: new Date(Math.floor(Date.now() / 60_000) * 60_000),
    endsAt: null,
    areaIds: [],
    leadAgencyId: null,
    subTypes: [],
    keywords: [],
    note: '',
    stormMode: false,
  }
}

function valuesOf({ areas, leadAgency, ...incident }: Incident): Values {
  const { name, nameEn, kind, startsAt, endsAt, keywords, note, stormMode } = incident
  const areaIds = areas.map(({ id }) => id)
  return {
    name,
    nameEn,
    kind,
    startsAt,
    endsAt,
    areaIds,
    leadAgencyId: leadAgency?.id ?? null,
    subTypes: incident.subTypes,
    keywords,
    note,
    stormMode,
  }
}
