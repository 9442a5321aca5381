'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { type AccountFilters, accountFilters } from '#server/accounts/rules/filters.ts'
import styles from './AccountsPage.module.css'
import type { Agency } from './agency-options.ts'

type Props = {
  filters: AccountFilters
  agencies: readonly Agency[] | undefined
  onChange: (changes: Partial<AccountFilters>) => void
}

/** Milliseconds without typing before the search runs. */
const typingPause = 200
const { role: roleFilter, state: stateFilter } = accountFilters

export function AccountFilterBar({ filters, agencies, onChange }: Props) {
  const t = useTranslations('accounts')
  const [text, setText] = useState(filters.search)
  const keep = useRef(onChange)
  useEffect(() => {
    keep.current = onChange
  })
  useEffect(() => {
    if (text === filters.search) return
    const timer = setTimeout(() => keep.current({ search: text }), typingPause)
    return () => clearTimeout(timer)
  }, [text, filters.search])
  return (
    <search className={styles.filters}>
      <TextInput
        type="search"
        icon={<Search size={16} aria-hidden="true" />}
        value={text}
        placeholder={t('admin.search')}
        aria-label={t('admin.search')}
        onChange={(event) => setText(event.target.value)}
      />
      <SelectInput
        aria-label={t('admin.agency')}
        value={filters.agencyId ?? ''}
        onChange={(event) => onChange({ agencyId: event.target.value || null })}
      >
        <option value="">{t('admin.anyAgency')}</option>
        {agencies?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectInput>
      <SelectInput
        aria-label={t('admin.role')}
        value={filters.role ?? ''}
        onChange={(event) => onChange({ role: roleFilter.values.find((role) => role === event.target.value) ?? null })}
      >
        <option value="">{t('admin.anyRole')}</option>
        {roleFilter.values.map((role) => (
          <option key={role} value={role}>
            {t(`roles.${role}`)}
          </option>
        ))}
      </SelectInput>
      <SelectInput
        aria-label={t('admin.state')}
        value={filters.state}
        onChange={(event) =>
          onChange({ state: stateFilter.values.find((state) => state === event.target.value) ?? stateFilter.empty })
        }
      >
        {stateFilter.values.map((state) => (
          <option key={state} value={state}>
            {t(`admin.states.${state}`)}
          </option>
        ))}
      </SelectInput>
    </search>
  )
}
