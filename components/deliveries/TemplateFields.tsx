'use client'

import { useTranslations } from 'next-intl'
import { CheckField } from '#components/ui/CheckField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextArea, TextInput } from '#components/ui/TextInput.tsx'
import type { Problems } from '#components/ui/use-form.ts'
import { useProblemText } from '#components/ui/use-problem-text.ts'
import {
  bodyFormats,
  gatewayMethods,
  namedSecretsOf,
  placeholderOf,
  placeholders,
} from '#server/deliveries/rules/template.ts'
import type { GatewayValues } from './GatewayForm.tsx'

type Props = {
  values: GatewayValues
  problems: Problems
  isNew: boolean
  set: <Key extends keyof GatewayValues>(key: Key, value: GatewayValues[Key]) => void
}

const answerFields = [
  'acceptedField',
  'acceptedValue',
  'refusedValues',
  'receiptField',
  'receiptNumberField',
  'receiptStateField',
  'deliveredValues',
  'undeliveredValues',
] as const

export function TemplateFields({ values, problems, isNew, set }: Props) {
  const t = useTranslations('deliveries.gateways.form')
  const problemOf = useProblemText()
  const names = placeholders.map((name) => `{{${name}}}`).join(' ')
  return (
    <>
      <FormField label={t('method')}>
        {(field) => (
          <SelectInput
            {...field}
            value={values.method}
            onChange={(event) => set('method', event.target.value as GatewayValues['method'])}
          >
            {gatewayMethods.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </SelectInput>
        )}
      </FormField>
      <FormField
        label={t('headers')}
        hint={t('headersHint', { secret: placeholderOf(null), named: placeholderOf('user') })}
        error={problemOf(problems.headers)}
      >
        {(field) => (
          <TextArea
            {...field}
            rows={2}
            spellCheck={false}
            value={values.headers}
            onChange={(event) => set('headers', event.target.value)}
          />
        )}
      </FormField>
      {values.method === 'POST' && (
        <FormField label={t('format')}>
          {(field) => (
            <SelectInput
              {...field}
              value={values.format}
              onChange={(event) => set('format', event.target.value as GatewayValues['format'])}
            >
              {bodyFormats.map((format) => (
                <option key={format} value={format}>
                  {t(format)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
      )}
      <FormField label={t('body')} hint={t('bodyHint', { placeholders: names })} error={problemOf(problems.body)}>
        {(field) => (
          <TextArea
            {...field}
            rows={6}
            spellCheck={false}
            disabled={values.method === 'GET'}
            value={values.body}
            onChange={(event) => set('body', event.target.value)}
          />
        )}
      </FormField>
      {answerFields.map((name) => (
        <FormField
          key={name}
          label={t(name)}
          hint={name === 'acceptedValue' ? undefined : t(`${name}Hint`)}
          error={problemOf(problems[name])}
        >
          {(field) => <TextInput {...field} value={values[name]} onChange={(event) => set(name, event.target.value)} />}
        </FormField>
      ))}
      {isNew && (
        <FormField label={t('secret')} hint={t('secretHint')} error={problemOf(problems.secret)}>
          {(field) => (
            <TextInput
              {...field}
              type="password"
              autoComplete="new-password"
              value={values.secret}
              onChange={(event) => set('secret', event.target.value)}
            />
          )}
        </FormField>
      )}
      {isNew &&
        namedSecretsOf(values).map((name) => (
          <FormField key={name} label={t('namedSecret', { name })} hint={t('secretHint')}>
            {(field) => (
              <TextInput
                {...field}
                type="password"
                autoComplete="new-password"
                value={values.namedSecrets[name] ?? ''}
                onChange={(event) => set('namedSecrets', { ...values.namedSecrets, [name]: event.target.value })}
              />
            )}
          </FormField>
        ))}
      <CheckField
        label={t('withoutAccents')}
        checked={values.withoutAccents}
        onChange={(checked) => set('withoutAccents', checked)}
      />
    </>
  )
}
