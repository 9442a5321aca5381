'use client'

import { lazyPanel } from './lazy-panel.ts'
import { Skeleton } from './Skeleton.tsx'

export type DateFieldProps = {
  label: string
  /** A day in Hanoi as `yyyy-MM-dd`, or nothing. */
  value: string | null
  onChange: (day: string | null) => void
  min?: string
  max?: string
  error?: string | undefined
  hint?: string
  required?: boolean
}

/**
 * dd/MM/yyyy with a calendar that begins on Monday. The calendar is heavy, so it loads only with a page that needs a
 * date.
 */
export const { Panel: DateField } = lazyPanel<DateFieldProps>(
  () => import('./DateFieldPicker.tsx').then((picker) => picker.DateFieldPicker),
  { loading: () => <Skeleton height={57} />, takesFocus: () => false, onDemand: true },
)
