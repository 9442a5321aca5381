'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { CheckField } from '#components/ui/CheckField.tsx'
import { ConfirmDialogPanel } from '#components/ui/ConfirmDialogPanel.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { type BulletinKind, bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import { duplicateOf, templateOf } from '#server/bulletins/rules/templates.ts'
import styles from './NewBulletin.module.css'

type Props = { incidentId: string | null; kind?: BulletinKind; onClose: () => void }

/** Kind and incident are enough to begin: the template fills in the rest, and everything can still be changed. */
export function NewBulletin({ incidentId: given, kind: first = 'news', onClose }: Props) {
  const nameIn = useNameIn()
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const router = useRouter()
  const textOf = useRefusalText()
  const [kind, setKind] = useState<BulletinKind>(first)
  const [incidentId, setIncidentId] = useState<string | null>(given)
  const [isExercise, setExercise] = useState(false)
  const [fromLast, setFromLast] = useState(false)
  const { data: incidents } = useQuery(trpc.incidents.list.queryOptions())
  const incident = incidents?.find(({ id }) => id === incidentId)
  const { data: issued } = useQuery({
    ...trpc.bulletins.list.queryOptions({ incidentId, kind, states: ['published', 'superseded'], limit: 1 }),
    enabled: incidentId !== null,
  })
  const last = incidentId === null ? undefined : issued?.bulletins[0]
  const { data: lastView } = useQuery({
    ...trpc.bulletins.byId.queryOptions(last?.id ?? ''),
    enabled: last !== undefined && fromLast,
  })
  const create = useMutation(
    trpc.bulletins.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/bulletins/${id}`) }),
  )
  const begin = () => {
    const at = new Date(Math.ceil(Date.now() / 60_000) * 60_000)
    const areas = incident?.areas ?? []
    const subject = {
      incident: incident?.name ?? null,
      incidentEn: incident?.nameEn ?? '',
      areaIds: areas.map(({ id }) => id),
      areaNames: areas.map(({ name }) => name),
      at,
    }
    const content = fromLast && lastView ? duplicateOf(lastView.content, at) : templateOf(kind, subject)
    create.mutate({ content, incidentId, isExercise })
  }
  const isWaiting = fromLast && last !== undefined && !lastView
  return (
    <ConfirmDialogPanel
      open
      title={t('new.title')}
      confirmLabel={t('new.confirm')}
      busy={create.isPending || isWaiting}
      onConfirm={begin}
      onClose={onClose}
    >
      <div className={styles.fields}>
        {create.error && (
          <p className={styles.refusal} role="alert">
            <CircleAlert size={16} aria-hidden="true" />
            {textOf(create.error)}
          </p>
        )}
        <FormField label={t('fields.kind')}>
          {(field) => (
            <SelectInput {...field} value={kind} onChange={({ target }) => setKind(target.value as BulletinKind)}>
              {bulletinKinds.map((each) => (
                <option key={each} value={each}>
                  {t(`kinds.${each}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        <FormField label={t('fields.incident')} hint={t('new.incidentHint')}>
          {(field) => (
            <SelectInput
              {...field}
              value={incidentId ?? ''}
              onChange={({ target }) => setIncidentId(target.value || null)}
            >
              <option value="">{t('fields.noIncident')}</option>
              {incidents?.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameIn(one)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        {last && <CheckField label={t('new.fromLast')} hint={last.title} checked={fromLast} onChange={setFromLast} />}
        <CheckField
          label={t('new.exercise')}
          hint={t('new.exerciseHint')}
          checked={isExercise}
          onChange={setExercise}
        />
      </div>
    </ConfirmDialogPanel>
  )
}
