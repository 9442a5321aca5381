'use client'

import { useQuery } from '@tanstack/react-query'
import { Siren } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { MomentFields } from '#components/incidents/MomentFields.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { type Property, PropertyList } from '#components/ui/PropertyList.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { CheckBox } from '#components/ui/Ticks.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNameIn } from '#components/ui/use-name-in.ts'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import {
  audiences,
  type BulletinKind,
  type BulletinSeverity,
  bulletinKinds,
  bulletinSeverities,
} from '#server/bulletins/rules/bulletin.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { endSetByAlert } from '#server/bulletins/rules/validity.ts'
import { AreaChoice } from '../AreaChoice.tsx'
import { useFieldWords } from '../use-field-words.ts'
import styles from './Panels.module.css'

type Props = {
  view: BulletinView
  content: BulletinContent
  isEditable: boolean
  onChange: (change: Partial<BulletinContent>) => void
  onFile: (incidentId: string | null) => void
}

const instantOf = (at: Date | null): string | null => (at && !Number.isNaN(at.getTime()) ? at.toISOString() : null)

/** The fields beside the text: kind, audience, areas, validity. */
export function FieldsPanel({ view, content, isEditable, onChange, onFile }: Props) {
  const nameIn = useNameIn()
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const words = useFieldWords()
  const format = useFormat()
  const { data: incidents } = useQuery({ ...trpc.incidents.list.queryOptions(), enabled: isEditable })
  const end = endSetByAlert(content, new Date())
  const byAlert = end && t('fields.validByAlert', { at: format.dateTime(end) })
  if (!isEditable) return <PropertyList items={facts()} />
  return (
    <div className={styles.form}>
      <div className={styles.pair}>
        <FormField label={t('fields.kind')}>
          {(field) => (
            <SelectInput
              {...field}
              value={content.kind}
              onChange={({ target }) => onChange({ kind: target.value as BulletinKind })}
            >
              {bulletinKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kinds.${kind}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        <FormField label={t('fields.severity')}>
          {(field) => (
            <SelectInput
              {...field}
              value={content.severity}
              onChange={({ target }) => onChange({ severity: target.value as BulletinSeverity })}
            >
              {bulletinSeverities.map((severity) => (
                <option key={severity} value={severity}>
                  {t(`severities.${severity}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      </div>
      <FormField
        label={t('fields.incident')}
        hint={view.expectedNumber === null ? undefined : t('fields.expectedNumber', { number: view.expectedNumber })}
      >
        {(field) => (
          <SelectInput
            {...field}
            value={view.incident?.id ?? ''}
            disabled={view.publishedRevisionId !== null}
            onChange={({ target }) => onFile(target.value || null)}
          >
            <option value="">{t('fields.noIncident')}</option>
            {(incidents ?? (view.incident ? [view.incident] : [])).map((incident) => (
              <option key={incident.id} value={incident.id}>
                {nameIn(incident)}
              </option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <AreaChoice content={content} onChange={onChange} />
      <fieldset className={styles.checks}>
        <legend>{t('fields.audience')}</legend>
        {audiences.map((audience) => (
          <label key={audience}>
            <CheckBox
              checked={content.audience.includes(audience)}
              onChange={({ target }) =>
                onChange({
                  audience: audiences.filter((each) =>
                    each === audience ? target.checked : content.audience.includes(each),
                  ),
                })
              }
            />
            {t(`audiences.${audience}`)}
          </label>
        ))}
      </fieldset>
      <MomentFields
        label={t('fields.validFrom')}
        timeLabel={t('fields.time')}
        value={content.validFrom ? new Date(content.validFrom) : null}
        onChange={(at) => onChange({ validFrom: instantOf(at) })}
      />
      <MomentFields
        label={t('fields.validTo')}
        timeLabel={t('fields.time')}
        value={content.validTo ? new Date(content.validTo) : null}
        onChange={(at) => onChange({ validTo: instantOf(at) })}
      />
      {byAlert && (
        <p className={styles.byAlert}>
          <Siren size={16} aria-hidden="true" />
          {byAlert}
        </p>
      )}
      <FormField label={t('fields.source')} hint={t('fields.sourceHint')}>
        {(field) => (
          <TextInput
            {...field}
            maxLength={200}
            value={content.source}
            onChange={({ target }) => onChange({ source: target.value })}
          />
        )}
      </FormField>
      {content.en && (
        <FormField label={t('fields.sourceEn')} hint={t('fields.sourceEnHint')}>
          {(field) => (
            <TextInput
              {...field}
              lang="en"
              maxLength={200}
              value={content.sourceEn ?? ''}
              onChange={({ target }) => onChange({ sourceEn: target.value })}
            />
          )}
        </FormField>
      )}
      <FormField label={t('fields.contact')}>
        {(field) => (
          <TextInput
            {...field}
            maxLength={200}
            value={content.contact}
            onChange={({ target }) => onChange({ contact: target.value })}
          />
        )}
      </FormField>
    </div>
  )

  function places(): string {
    if (content.areaIds.length > 0) return words.sayValue('areaIds', content.areaIds)
    return t(content.wholeCity ? 'fields.wholeCity' : 'fields.none')
  }

  function facts(): Property[] {
    const english = content.sourceEn ? (['sourceEn'] as const) : []
    const plain = ['kind', 'severity', 'areaIds', 'audience', 'validFrom', 'validTo', 'source'] as const
    const keys = [...plain, ...english, 'contact'] as const
    return [
      ...(view.incident ? [{ key: 'incident', label: t('fields.incident'), value: nameIn(view.incident) }] : []),
      ...(view.number === null ? [] : [{ key: 'number', label: t('fields.number'), value: String(view.number) }]),
      ...keys.map((key) => ({
        key,
        label: words.labelOf(key),
        value: key === 'areaIds' ? places() : words.sayValue(key, content[key]),
      })),
      ...(byAlert ? [{ key: 'alert', label: t('fields.alert'), value: byAlert }] : []),
    ]
  }
}
