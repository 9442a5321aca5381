'use client'

import { useTranslations } from 'next-intl'
import { usePreferences } from '#components/shell/PreferencesProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { CheckField } from '#components/ui/CheckField.tsx'
import { OrderButtons } from '#components/ui/OrderButtons.tsx'
import { Sheet } from '#components/ui/Sheet.tsx'
import { RadioButton } from '#components/ui/Ticks.tsx'
import type { Preferences } from '#server/accounts/rules/preferences.ts'
import styles from './ColumnsSheet.module.css'
import { type ColumnId, type ColumnLayout, columnRules, moved } from './columns.ts'

const densities: readonly Preferences['density'][] = ['compact', 'comfortable']

type Props = {
  layout: ColumnLayout
  /** The columns that are not shown. */
  hidden: readonly ColumnId[]
  inPreview: boolean
  onLayout: (layout: ColumnLayout) => void
  /** Back to the usual columns. */
  onReset: () => void
  onClose: () => void
}

/** The columns of this view, their order, and the density of its rows. */
export function ColumnsSheet({ layout, hidden, inPreview, onLayout, onReset, onClose }: Props) {
  const t = useTranslations('reports.queue')
  const { preferences, choose } = usePreferences()
  const ids = layout.order.filter((id) => !columnRules[id].fixed)
  const show = (id: ColumnId, on: boolean) =>
    onLayout({ ...layout, hidden: on ? hidden.filter((each) => each !== id) : [...hidden, id] })
  const move = (at: number, by: number) => {
    const id = ids[at]
    const before = ids[by < 0 ? at - 1 : at + 2] ?? null
    if (id) onLayout({ ...layout, order: moved(layout.order, id, before) })
  }
  return (
    <Sheet
      open
      title={t('columns.title')}
      width={380}
      onClose={onClose}
      footer={
        <Button variant="quiet" onClick={onReset}>
          {t('columns.reset')}
        </Button>
      }
    >
      <fieldset className={styles.densities}>
        <legend>{t('density.label')}</legend>
        {densities.map((density) => (
          <label key={density}>
            <RadioButton
              name="density"
              checked={preferences.density === density}
              onChange={() => void choose({ density })}
            />
            {t(`density.${density}`)}
          </label>
        ))}
      </fieldset>
      <p className={styles.hint}>{t(inPreview ? 'columns.compactNote' : 'columns.hint')}</p>
      <ul className={styles.list}>
        {ids.map((id, at) => {
          const name = t(`columns.names.${id}`)
          return (
            <li key={id} className={styles.column}>
              <CheckField
                label={name}
                checked={!hidden.includes(id)}
                disabled={id === 'report'}
                onChange={(on) => show(id, on)}
              />
              <OrderButtons
                name={name}
                isFirst={at === 0}
                isLast={at === ids.length - 1}
                onUp={() => move(at, -1)}
                onDown={() => move(at, 1)}
              />
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}
