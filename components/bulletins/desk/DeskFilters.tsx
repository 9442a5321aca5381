'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { AddFilterChip } from '#components/ui/FilterChip.tsx'
import { FilterChips } from '#components/ui/filters/FilterChips.tsx'
import type { FilterSheetProps } from '#components/ui/filters/FilterSheet.tsx'
import { WordsField } from '#components/ui/filters/WordsField.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { SelectInput } from '#components/ui/TextInput.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinCounts } from '#server/bulletins/queries/list.ts'
import { type DeskState, type DeskView, deskViews } from '#server/bulletins/rules/desk-address.ts'
import { deskFilters, deskFilterWords } from '#server/bulletins/rules/desk-filters.ts'
import type { Things } from '#server/platform/rules/filters/things.ts'
import styles from './DeskFilters.module.css'
import { countOfView } from './DeskViews.tsx'

const { Panel: FilterSheet } = lazyPanel<FilterSheetProps<typeof deskFilters>>(() =>
  import('#components/ui/filters/FilterSheet.tsx').then((sheet) => sheet.FilterSheet),
)

type Props = {
  desk: DeskState
  fixed: Partial<DeskState>
  counts: BulletinCounts | undefined
  onDesk: (desk: DeskState) => void
}

const hour = 3_600_000

/** The filters of the list: a search text and one chip for each condition. */
export function DeskFilters({ desk, fixed, counts, onDesk }: Props) {
  const t = useTranslations('bulletins')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const things = useDeskThings(desk, isOpen)
  // The storm desk names its incident above the list.
  const words = fixed.incidentId === undefined ? deskFilterWords : { ...deskFilterWords, incidentId: null }
  useCommands('list', { 'list.filter': () => setOpen(true) })
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
        <WordsField
          label={t('filters.search')}
          words={desk.text}
          most={deskFilters.text.most}
          onChange={(text) => onDesk({ ...desk, text })}
        />
        <FilterChips
          filters={deskFilters}
          words={words}
          values={desk}
          things={things}
          onEdit={() => setOpen(true)}
          onChange={(change) => onDesk({ ...desk, ...change })}
        >
          <AddFilterChip command="list.filter" onClick={() => setOpen(true)}>
            {t('filters.add')}
          </AddFilterChip>
        </FilterChips>
      </section>
      {isOpen && (
        <FilterSheet
          title={t('filters.title')}
          filters={deskFilters}
          words={words}
          values={desk}
          things={things}
          onApply={(chosen) => onDesk({ ...desk, ...chosen })}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** The names behind the ids, queried where one is set or being chosen. */
function useDeskThings({ incidentId, areaId }: DeskState, isChoosing: boolean): Things {
  const trpc = useTRPC()
  const { data: incidents } = useQuery({
    ...trpc.incidents.list.queryOptions(),
    enabled: isChoosing || incidentId !== null,
  })
  const { data: areas } = useQuery({
    ...trpc.areas.valid.queryOptions(),
    enabled: isChoosing || areaId !== null,
    staleTime: hour,
  })
  return useMemo(
    () => ({
      ...(incidents && { incidents: incidents.map(({ id, name, nameEn }) => ({ id, name, nameEn })) }),
      ...(areas && { areas: areas.map(({ id, name, code }) => ({ id, name, also: code })) }),
    }),
    [incidents, areas],
  )
}
