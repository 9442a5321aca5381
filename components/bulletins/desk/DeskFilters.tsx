'use client'

import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { AddFilterChip, FilterChip } from '#components/ui/FilterChip.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { SelectInput, TextInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinCounts } from '#server/bulletins/queries/list.ts'
import { type DeskState, type DeskView, deskViews, noDeskFilters } from '#server/bulletins/rules/desk-address.ts'
import { startOfDay } from '#server/platform/rules/local-day.ts'
import styles from './DeskFilters.module.css'
import { countOfView } from './DeskViews.tsx'

const { Panel: FilterForm } = lazyPanel(() => import('./FilterForm.tsx').then((form) => form.FilterForm), {
  plain: true,
})

type Props = {
  desk: DeskState
  fixed: Partial<DeskState>
  counts: BulletinCounts | undefined
  onDesk: (desk: DeskState) => void
}

const hour = 3_600_000

/** What narrows the list: a word, and one chip a condition. */
export function DeskFilters({ desk, fixed, counts, onDesk }: Props) {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const format = useFormat()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState(desk.text)
  useEffect(() => setText(desk.text), [desk.text])
  const { data: incidents } = useQuery({ ...trpc.incidents.list.queryOptions(), enabled: desk.incidentId !== null })
  const { data: areas } = useQuery({
    ...trpc.areas.valid.queryOptions(),
    enabled: desk.areaId !== null,
    staleTime: hour,
  })
  useCommands('list', { 'list.filter': () => setOpen(true) })
  const search = (event: FormEvent) => {
    event.preventDefault()
    onDesk({ ...desk, text: text.trim() })
  }
  const day = (value: string) => format.date(startOfDay(value))
  const period =
    desk.from && desk.to
      ? t('filters.between', { from: day(desk.from), to: day(desk.to) })
      : desk.from
        ? t('filters.since', { from: day(desk.from) })
        : desk.to && t('filters.until', { to: day(desk.to) })
  const chips = [
    desk.kind && { key: 'kind', value: t(`kinds.${desk.kind}`), without: { kind: null } },
    desk.incidentId &&
      fixed.incidentId === undefined && {
        key: 'incident',
        value: incidents?.find((incident) => incident.id === desk.incidentId)?.name ?? '…',
        without: { incidentId: null },
      },
    desk.areaId && {
      key: 'area',
      value: areas?.find((area) => area.id === desk.areaId)?.name ?? '…',
      without: { areaId: null },
    },
    period && { key: 'period', value: period, without: { from: null, to: null } },
    desk.text && { key: 'text', value: desk.text, without: { text: '' } },
  ].filter((chip) => chip !== null && chip !== '' && chip !== 0 && chip !== false)
  return (
    <>
      <div className={styles.narrow}>
        <SelectInput
          aria-label={t('views.label')}
          value={desk.view}
          onChange={({ target }) => onDesk({ ...desk, view: target.value as DeskView })}
        >
          {deskViews.map((view) => {
            const count = countOfView(view, counts)
            return (
              <option key={view} value={view}>
                {t(`views.names.${view}`)}
                {count === null ? '' : ` · ${format.number(count)}`}
              </option>
            )
          })}
        </SelectInput>
      </div>
      <section className={styles.row} aria-label={t('filters.label')}>
        <form className={styles.search} onSubmit={search}>
          <Search size={15} aria-hidden="true" />
          <TextInput
            id={`${id}-text`}
            className={styles.words ?? ''}
            value={text}
            maxLength={200}
            placeholder={t('filters.search')}
            aria-label={t('filters.search')}
            onChange={({ target }) => setText(target.value)}
            onBlur={() => text.trim() !== desk.text && onDesk({ ...desk, text: text.trim() })}
          />
        </form>
        {chips.map(({ key, value, without }) => (
          <FilterChip
            key={key}
            label={t(`filters.${key as 'kind' | 'incident' | 'area' | 'period' | 'text'}`)}
            value={value}
            onRemove={() => onDesk({ ...desk, ...without })}
          />
        ))}
        <AddFilterChip command="list.filter" onClick={() => setOpen(true)}>
          {t('filters.add')}
        </AddFilterChip>
        {chips.length > 1 && (
          <Button variant="quiet" size="small" onClick={() => onDesk({ ...desk, ...noDeskFilters, ...fixed })}>
            {t('filters.clear')}
          </Button>
        )}
      </section>
      {isOpen && <FilterForm desk={desk} fixed={fixed} onDesk={onDesk} onClose={() => setOpen(false)} />}
    </>
  )
}
