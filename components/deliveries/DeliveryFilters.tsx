'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { deliveryChannels, deliveryKinds, deliveryStates } from '#server/deliveries/rules/delivery.ts'
import { type DeliveryFilter, deliveryFilters, noDeliveryFilter } from '#server/deliveries/rules/filters.ts'
import { rangeBetween } from '#server/platform/rules/filters/day-range.ts'
import { isAnySet } from '#server/platform/rules/filters/filters.ts'
import styles from './Deliveries.module.css'

type Props = { filter: DeliveryFilter; onChange: (filter: DeliveryFilter) => void }

const choices = [
  { name: 'state', words: 'states', values: deliveryStates },
  { name: 'channel', words: 'channels', values: deliveryChannels },
  { name: 'kind', words: 'kinds', values: deliveryKinds },
] as const

export function DeliveryFilters({ filter, onChange }: Props) {
  const t = useTranslations('deliveries')
  const [typed, setTyped] = useState(filter)
  const put = (change: Partial<DeliveryFilter>) => setTyped((before) => ({ ...before, ...change }))
  const { from, to } = typed.day ?? { from: null, to: null }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange(typed)
  }
  return (
    <search>
      <form className={styles.form} onSubmit={submit}>
        <DateField label={t('log.filters.from')} value={from} onChange={(day) => put({ day: rangeBetween(day, to) })} />
        <DateField label={t('log.filters.to')} value={to} onChange={(day) => put({ day: rangeBetween(from, day) })} />
        {choices.map(({ name, words, values }) => (
          <FormField key={name} label={t(`log.filters.${name}`)}>
            {(field) => (
              <SelectInput
                {...field}
                value={typed[name] ?? ''}
                onChange={(event) => put({ [name]: values.find((value) => value === event.target.value) ?? null })}
              >
                <option value="">{t('log.filters.any')}</option>
                {values.map((value) => (
                  <option key={value} value={value}>
                    {t(`${words}.${value}` as 'states.sent')}
                  </option>
                ))}
              </SelectInput>
            )}
          </FormField>
        ))}
        <FormField label={t('log.filters.report')}>
          {(field) => (
            <TextInput
              {...field}
              type="search"
              placeholder="HN-240907-0113"
              value={typed.report}
              onChange={(event) => put({ report: event.target.value })}
            />
          )}
        </FormField>
        <div className={styles.buttons}>
          {isAnySet(deliveryFilters, filter) && (
            <Button variant="quiet" onClick={() => onChange(noDeliveryFilter)}>
              {t('log.filters.clear')}
            </Button>
          )}
          <Button type="submit" variant="primary">
            {t('log.filters.apply')}
          </Button>
        </div>
      </form>
    </search>
  )
}
