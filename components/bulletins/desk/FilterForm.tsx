'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { DateField } from '#components/ui/DateField.tsx'
import { FormField } from '#components/ui/FormField.tsx'
import { OptionPicker } from '#components/ui/OptionPicker.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { type BulletinKind, bulletinKinds } from '#server/bulletins/rules/bulletin.ts'
import { type DeskState, noDeskFilters } from '#server/bulletins/rules/desk-address.ts'
import styles from './FilterForm.module.css'

type Props = {
  desk: DeskState
  fixed: Partial<DeskState>
  onDesk: (desk: DeskState) => void
  onClose: () => void
}

/** Every filter of the list. Nothing happens to the list until the results are asked for. */
export function FilterForm({ desk, fixed, onDesk, onClose }: Props) {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const id = useId()
  const [filters, setFilters] = useState(desk)
  const set = (change: Partial<DeskState>) => setFilters((before) => ({ ...before, ...change }))
  const { data: incidents } = useQuery(trpc.incidents.list.queryOptions())
  const { data: areas } = useQuery(trpc.areas.valid.queryOptions())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDesk(filters)
    onClose()
  }
  return (
    <Sheet
      open
      title={t('filters.title')}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} variant="primary">
            {t('filters.apply')}
          </Button>
          <Button variant="quiet" onClick={() => setFilters({ ...desk, ...noDeskFilters, ...fixed })}>
            {t('filters.clear')}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={submit}>
        <FormField label={t('filters.kind')}>
          {(field) => (
            <SelectInput
              {...field}
              value={filters.kind ?? ''}
              onChange={({ target }) => set({ kind: (target.value || null) as BulletinKind | null })}
            >
              <option value="">{t('filters.any')}</option>
              {bulletinKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kinds.${kind}`)}
                </option>
              ))}
            </SelectInput>
          )}
        </FormField>
        {fixed.incidentId === undefined && (
          <FormField label={t('filters.incident')}>
            {(field) => (
              <SelectInput
                {...field}
                value={filters.incidentId ?? ''}
                onChange={({ target }) => set({ incidentId: target.value || null })}
              >
                <option value="">{t('filters.any')}</option>
                {incidents?.map((incident) => (
                  <option key={incident.id} value={incident.id}>
                    {incident.name}
                  </option>
                ))}
              </SelectInput>
            )}
          </FormField>
        )}
        <FormField label={t('filters.area')}>
          {(field) => (
            <OptionPicker
              field={field}
              options={areas?.map((area) => ({ id: String(area.id), label: area.name, also: area.code }))}
              value={filters.areaId === null ? null : String(filters.areaId)}
              onChange={(areaId) => set({ areaId: areaId === null ? null : Number(areaId) })}
            />
          )}
        </FormField>
        <div className={styles.days}>
          <DateField
            label={t('filters.from')}
            value={filters.from}
            onChange={(from) => set({ from })}
            {...(filters.to !== null && { max: filters.to })}
          />
          <DateField
            label={t('filters.to')}
            value={filters.to}
            onChange={(to) => set({ to })}
            {...(filters.from !== null && { min: filters.from })}
          />
        </div>
      </form>
    </Sheet>
  )
}
