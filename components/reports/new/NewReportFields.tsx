'use client'

import { useTranslations } from 'next-intl'
import { Choice } from '#components/reports/moves/Choice.tsx'
import type { FormError } from '#components/reports/moves/form-errors.ts'
import { CategoryField, IncidentField } from '#components/reports/moves/PickerFields.tsx'
import { PlaceField } from '#components/reports/place/PlaceField.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { statusInk } from '#components/ui/status-colors.ts'
import { TextArea, TextInput } from '#components/ui/TextInput.tsx'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { severities, staffChannels } from '#server/reports/rules/lifecycle.ts'
import { CategorySuggestions } from './CategorySuggestions.tsx'
import { KnownAlready } from './KnownAlready.tsx'
import styles from './NewReport.module.css'
import type { NewReportDraft } from './new-report-draft.ts'

type Props = {
  draft: NewReportDraft
  errors: Record<string, FormError>
  onChange: (part: Partial<NewReportDraft>) => void
  /** Called with the key of a field that is checked when it is left. */
  onLeave: (key: string) => void
}

export function NewReportFields({ draft, errors, onChange, onLeave }: Props) {
  const t = useTranslations('report.new')
  const words = useTranslations('reports')
  const said = useTranslations('report.dialogs.errors')
  const errorOf = (key: string) => (errors[key] ? said(errors[key]) : undefined)
  return (
    <>
      <Choice
        label={t('channel')}
        options={staffChannels.map((channel) => ({ value: channel, label: words(`channels.${channel}`) }))}
        value={draft.channel}
        onChange={(channel) => onChange({ channel })}
      />
      <div data-field="title">
        <FormField label={t('headline')} hint={t('headlineHint')} error={errorOf('title')} required>
          {(field) => (
            <TextInput
              {...field}
              autoFocus
              maxLength={300}
              value={draft.title}
              onChange={(event) => onChange({ title: event.target.value })}
            />
          )}
        </FormField>
      </div>
      <div data-field="body">
        <FormField label={t('words')} error={errorOf('body')} required>
          {(field) => (
            <TextArea
              {...field}
              rows={5}
              maxLength={20_000}
              value={draft.body}
              onChange={(event) => onChange({ body: event.target.value })}
            />
          )}
        </FormField>
      </div>
      <div data-field="categoryCode" className={styles.group}>
        <CategoryField
          label={t('category')}
          error={errorOf('categoryCode')}
          required
          value={draft.categoryCode}
          onChange={(code) => onChange({ categoryCode: code ?? '' })}
        />
        <CategorySuggestions
          title={draft.title}
          body={draft.body}
          chosen={draft.categoryCode}
          onChoose={(categoryCode) => onChange({ categoryCode })}
        />
      </div>
      <Choice
        label={t('severity')}
        options={[
          { value: 'default', label: t('severityDefault') },
          ...severities.map((each) => ({
            value: each as string,
            label: words(`severities.${each}`),
            tone: statusInk(each),
          })),
        ]}
        value={draft.severity ?? 'default'}
        onChange={(value) => onChange({ severity: severities.find((each) => each === value) ?? null })}
      />
      <div data-field="address">
        <PlaceField
          label={t('address')}
          error={errorOf('address')}
          value={{ address: draft.address, point: draft.point, areaId: draft.areaId ?? null }}
          onChange={onChange}
          state="awaiting_intake"
        />
      </div>
      <KnownAlready draft={draft} />
      <div className={styles.pair}>
        <DateField
          label={t('occurred')}
          hint={t('occurredHint')}
          value={draft.occurredOn}
          max={localDayOf(new Date())}
          onChange={(occurredOn) => onChange({ occurredOn })}
        />
        <IncidentField
          label={t('incident')}
          required={false}
          value={draft.incidentId ?? ''}
          onChange={(incidentId) => onChange({ incidentId })}
        />
      </div>
      <fieldset className={styles.reporter}>
        <legend>{t('reporter')}</legend>
        <p className={styles.hint}>{t('reporterHint')}</p>
        <div className={styles.pair}>
          {(['name', 'phone', 'email', 'address'] as const).map((key) => (
            <div key={key} data-field={`reporter.${key}`}>
              <FormField label={t(key === 'address' ? 'reporterAddress' : key)} error={errorOf(`reporter.${key}`)}>
                {(field) => (
                  <TextInput
                    {...field}
                    autoComplete="off"
                    type={key === 'email' ? 'email' : key === 'phone' ? 'tel' : 'text'}
                    value={draft.reporter[key]}
                    onChange={(event) => onChange({ reporter: { ...draft.reporter, [key]: event.target.value } })}
                    onBlur={() => onLeave(`reporter.${key}`)}
                  />
                )}
              </FormField>
            </div>
          ))}
        </div>
      </fieldset>
    </>
  )
}
