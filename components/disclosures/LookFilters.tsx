'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { disclosurePurposes } from '#server/disclosures/rules/disclosure.ts'
import { type LookFilter, lookFilters, noLookFilter } from '#server/disclosures/rules/filters.ts'
import { rangeBetween } from '#server/platform/rules/filters/day-range.ts'
import { isAnySet } from '#server/platform/rules/filters/filters.ts'
import styles from './Disclosures.module.css'

export type Looker = { id: string; name: string; username: string }

type Props = {
  filter: LookFilter
  lookers: readonly Looker[]
  onChange: (filter: LookFilter) => void
  aside: ReactNode
}

export function LookFilters({ filter, lookers, onChange, aside }: Props) {
  const t = useTranslations('disclosures')
  const format = useFormat()
  const [typed, setTyped] = useState<LookFilter>(filter)
  const put = (change: Partial<LookFilter>) => setTyped((before) => ({ ...before, ...change }))
  const { from, to } = typed.day ?? { from: null, to: null }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange(typed)
  }
  return (
    <search>
      <form className={styles.form} onSubmit={submit}>
        <DateField label={t('filters.from')} value={from} onChange={(day) => put({ day: rangeBetween(day, to) })} />
        <DateField label={t('filters.to')} value={to} onChange={(day) => put({ day: rangeBetween(from, day) })} />
        <FormField label={t('filters.account')}>
          {(field) => (
            <SelectInput
              {...field}
              value={typed.accountId ?? ''}
              onChange={(event) => put({ accountId: event.target.value || null })}
            >
              <option value="">{t('filters.anyAccount')}</option>
              {[...lookers]
                .sort((a, b) => format.compare(a.name, b.name))
                .map(({ id, name, username }) => (
                  <option key={id} value={id}>
                    {`${name} (${username})`}
                  </option>
                ))}
            </SelectInput>
          )}
        </FormField>
        <FormField label={t('filters.purpose')}>
          {(field) => (
            <SelectInput
              {...field}
              value={typed.purpose ?? ''}
              onChange={(event) =>
                put({ purpose: disclosurePurposes.find((each) => each === event.target.value) ?? null })
              }
            >
              <option value="">{t('filters.anyPurpose')}</option>
              {disclosurePurposes.map((purpose) => (
                <option key={purpose} value={purpose}>
                  {t(`purposes.${purpose}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        <FormField label={t('filters.report')}>
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
        <div className={styles.foot}>
          {aside}
          <span className={styles.buttons}>
            {isAnySet(lookFilters, filter) && (
              <Button variant="quiet" onClick={() => onChange(noLookFilter)}>
                {t('filters.clear')}
              </Button>
            )}
            <Button type="submit" variant="primary">
              {t('filters.apply')}
            </Button>
          </span>
        </div>
      </form>
    </search>
  )
}
