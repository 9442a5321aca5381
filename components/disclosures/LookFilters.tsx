'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { disclosurePurposes } from '#server/disclosures/rules/disclosure.ts'
import type { LookFilter } from '#server/disclosures/rules/filter.ts'
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
  const put = (change: LookFilter) => setTyped((before) => ({ ...before, ...change }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange(typed)
  }
  return (
    <search>
      <form className={styles.form} onSubmit={submit}>
        <DateField
          label={t('filters.from')}
          value={typed.from ?? null}
          onChange={(day) => put({ from: day ?? undefined })}
        />
        <DateField label={t('filters.to')} value={typed.to ?? null} onChange={(day) => put({ to: day ?? undefined })} />
        <FormField label={t('filters.account')}>
          {(field) => (
            <SelectInput
              {...field}
              value={typed.accountId ?? ''}
              onChange={(event) => put({ accountId: event.target.value || undefined })}
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
              onChange={(event) => put({ purpose: disclosurePurposes.find((each) => each === event.target.value) })}
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
              value={typed.report ?? ''}
              onChange={(event) => put({ report: event.target.value || undefined })}
            />
          )}
        </FormField>
        <div className={styles.foot}>
          {aside}
          <span className={styles.buttons}>
            {Object.values(filter).some(Boolean) && (
              <Button variant="quiet" onClick={() => onChange({})}>
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
