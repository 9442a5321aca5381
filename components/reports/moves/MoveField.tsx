'use client'

import { useTranslations } from 'next-intl'
import { PlaceField, type PlaceValue } from '#components/reports/place/PlaceField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import type { PickerOption } from '#components/ui/match-options.ts'
import { statusInk } from '#components/ui/status-colors.ts'
import { TextArea, TextInput } from '#components/ui/TextInput.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { ratings, rejectReasons, severities, staffChannels } from '#server/reports/rules/lifecycle.ts'
import type { Parts } from '#server/reports/rules/split.ts'
import { ratingSigns } from '../rating-signs.ts'
import { Choice } from './Choice.tsx'
import type { FormError } from './form-errors.ts'
import type { FieldOf, FormValues } from './forms.ts'
import { LengthField } from './LengthField.tsx'
import { LikelyAgencyField } from './LikelyAgencyField.tsx'
import { PartsField } from './PartsField.tsx'
import { CategoryField, IncidentField, PersonField } from './PickerFields.tsx'
import { ReadyTextField } from './ReadyTextField.tsx'
import { ReportField } from './ReportField.tsx'
import { TagsField } from './TagsField.tsx'

export type MoveFieldProps = {
  report: ReportView
  field: FieldOf
  values: FormValues
  /** The name is what a toast calls the chosen id. */
  onChange: (value: unknown, name?: string) => void
  /** For a field of several values. */
  onChangeAll: (part: FormValues) => void
  error: FormError | undefined
  autoFocus: boolean
  /** The proposed agency; undefined while it is not known. */
  proposed: PickerOption | null | undefined
}

/** One field of a move's dialog, by its kind. */
export function MoveField(props: MoveFieldProps) {
  const { report, field, values, onChange, onChangeAll, autoFocus, proposed } = props
  const t = useTranslations('report.dialogs')
  const words = useTranslations('reports')
  const error = props.error && t(`errors.${props.error}`)
  const value = values[field.key]
  const text = typeof value === 'string' ? value : ''
  const label = t(field.label)
  const hint = field.hint && t(field.hint)
  const common = { label, hint, error, required: field.required ?? false }

  switch (field.kind) {
    case 'agency':
      return (
        <LikelyAgencyField
          {...common}
          report={report}
          proposed={proposed}
          value={text}
          onChange={onChange}
          autoFocus={autoFocus}
        />
      )
    case 'category':
      return <CategoryField {...common} value={text} onChange={onChange} autoFocus={autoFocus} />
    case 'incident':
      return <IncidentField {...common} value={text} onChange={onChange} autoFocus={autoFocus} />
    case 'person':
      return <PersonField {...common} reportId={report.id} value={text} onChange={onChange} autoFocus={autoFocus} />
    case 'report':
      return (
        <ReportField {...common} report={report} value={Number(value) || 0} onChange={onChange} autoFocus={autoFocus} />
      )
    case 'length':
      return <LengthField {...common} value={Number(value)} onChange={onChange} autoFocus={autoFocus} />
    case 'severity': {
      const options = severities.map((each) => ({
        value: each,
        label: words(`severities.${each}`),
        tone: statusInk(each),
      }))
      return <Choice {...common} options={options} value={text as never} onChange={onChange} autoFocus={autoFocus} />
    }
    case 'rating': {
      const options = ratings.map((each) => ({
        value: each,
        label: words(`ratings.${each}`),
        tone: statusInk(ratingSigns[each].status),
        icon: ratingSigns[each].icon,
      }))
      return <Choice {...common} options={options} value={text as never} onChange={onChange} autoFocus={autoFocus} />
    }
    case 'channel': {
      const options = staffChannels.map((each) => ({ value: each, label: words(`channels.${each}`) }))
      return <Choice {...common} options={options} value={text as never} onChange={onChange} autoFocus={autoFocus} />
    }
    case 'rejectReason':
      return (
        <Choice
          {...common}
          options={rejectReasons.map((reason) => ({ value: reason, label: words(`rejectReasons.${reason}`) }))}
          value={text as never}
          onChange={onChange}
          autoFocus={autoFocus}
        />
      )
    case 'tags':
      return <TagsField {...common} value={(value ?? []) as string[]} onChange={onChange} autoFocus={autoFocus} />
    case 'place':
      return (
        <PlaceField
          label={label}
          error={error}
          value={values as PlaceValue}
          onChange={onChangeAll}
          state={report.state}
          stored={{ point: report.point, areaId: report.area?.id ?? null }}
          autoFocus={autoFocus}
        />
      )
    case 'parts':
      return <PartsField label={label} reportId={report.id} value={value as Parts | undefined} onChange={onChange} />
    case 'line':
      return (
        <FormField {...common}>
          {(wiring) => (
            <TextInput
              {...wiring}
              autoFocus={autoFocus}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </FormField>
      )
    case 'text': {
      if (field.templates) {
        const reason = typeof values.reason === 'string' ? values.reason : ''
        return (
          <ReadyTextField
            {...common}
            report={report}
            use={field.templates}
            value={text}
            reason={reason}
            onChange={onChange}
            autoFocus={autoFocus}
          />
        )
      }
      return (
        <FormField {...common}>
          {(wiring) => (
            <TextArea
              {...wiring}
              autoFocus={autoFocus}
              value={text}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </FormField>
      )
    }
  }
}
