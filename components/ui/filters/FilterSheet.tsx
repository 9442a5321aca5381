'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { emptyOf, type FilterName, type Filters, type FilterValues } from '#server/platform/rules/filters/filters.ts'
import type { Things } from '#server/platform/rules/filters/things.ts'
import type { FilterWords, LooseWords } from '#server/platform/rules/filters/words.ts'
import styles from './FilterFields.module.css'
import { FilterFields } from './FilterFields.tsx'

export type FilterSheetProps<F extends Filters> = {
  title: string
  filters: F
  words: FilterWords<F>
  values: FilterValues<F>
  things: Things | undefined
  /** Where a list has its own text for it. */
  clear?: string
  offered?: Partial<Record<FilterName<F>, readonly string[]>>
  onApply: (values: FilterValues<F>) => void
  onClose: () => void
}

/** Every filter of a list. The list does not change until the sheet is submitted. */
export function FilterSheet<F extends Filters>({
  title,
  clear,
  values,
  onApply,
  onClose,
  ...table
}: FilterSheetProps<F>) {
  const t = useTranslations('common.filter')
  const id = useId()
  const [chosen, setChosen] = useState(values)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onApply(chosen)
    onClose()
  }
  const empty = () => {
    const kept = Object.entries<LooseWords | null>(table.words).filter(([, words]) => words?.isChipOnly)
    setChosen({ ...emptyOf(table.filters), ...Object.fromEntries(kept.map(([name]) => [name, chosen[name]])) })
  }
  return (
    <Sheet
      open
      title={title}
      width={480}
      onClose={onClose}
      footer={
        <>
          <Button type="submit" form={id} variant="primary">
            {t('apply')}
          </Button>
          <Button variant="quiet" onClick={empty}>
            {clear ?? t('clear')}
          </Button>
        </>
      }
    >
      <form id={id} className={styles.form} onSubmit={submit}>
        <FilterFields
          {...table}
          values={chosen}
          onChange={(change) => setChosen((before) => ({ ...before, ...change }))}
        />
      </form>
    </Sheet>
  )
}
