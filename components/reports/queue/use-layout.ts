'use client'

import { useMemo } from 'react'
import { usePreferences } from '#components/shell/PreferencesProvider.tsx'
import { type Queue, statesOf } from '#server/reports/rules/queue.ts'
import { type ColumnId, type ColumnLayout, columnsBesidePreview, hiddenIn, layoutOf, usualLayout } from './columns.ts'
import type { SavedViews } from './saved/use-saved-views.ts'

/** The width of the preview at the least; without it the list is so much wider. */
const previewWidth = 336

type Layout = {
  /** As it is saved. */
  layout: ColumnLayout
  /** The columns that are not shown, by choice or for want of space. */
  hidden: readonly ColumnId[]
  /** The columns that are shown, in their order. */
  columns: readonly ColumnId[]
  save: (layout: ColumnLayout) => void
  /** Back to the usual columns. */
  reset: () => void
}

/**
 * The columns of a list: those the account chose for this view, else as many of the usual ones as fit. Where all
 * reports of the view are in one state, its column says nothing.
 */
export function useLayout(queue: Queue, saved: SavedViews, listWidth: number, hasPreview: boolean): Layout {
  const { preferences, choose } = usePreferences()
  const { columns: choices } = preferences
  // A saved view has its own columns: those it was saved with, until the user changes them.
  const key = saved.current?.id ?? queue.view
  const choice = choices[key] ?? saved.current?.layout ?? choices[queue.view]
  const layout = useMemo(() => (choice ? layoutOf(choice) : usualLayout), [choice])
  const hidden = useMemo(
    () => hiddenIn(layout, hasPreview ? listWidth + previewWidth : listWidth),
    [layout, listWidth, hasPreview],
  )
  const hasOneState = statesOf(queue).length === 1
  const columns = useMemo(() => {
    const shown = layout.order.filter((id) => !hidden.includes(id) && !(hasOneState && id === 'state'))
    return hasPreview ? columnsBesidePreview(shown, listWidth) : shown
  }, [layout, hidden, hasOneState, hasPreview, listWidth])
  return {
    layout,
    hidden,
    columns,
    save: (next) => void choose({ columns: { ...choices, [key]: next } }),
    reset: () => {
      const { [key]: _, ...others } = choices
      void choose({ columns: others })
    },
  }
}
