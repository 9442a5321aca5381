'use client'

import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import type { StatusName } from '#components/ui/status-colors.ts'

export type PlaceValue = {
  address: string
  point: { lon: number; lat: number } | null
  /** The commune that was chosen, with an address or by itself; null: that of the point. */
  areaId: number | null
}

export type PlaceFieldProps = {
  label: string
  error?: string | undefined
  value: PlaceValue
  onChange: (part: Partial<PlaceValue>) => void
  state: StatusName
  /** What is stored: its commune holds while its point stays. */
  stored?: { point: PlaceValue['point']; areaId: number | null }
  autoFocus?: boolean
}

/** Address, point and commune of a report: each follows from the one before, with a warning where they disagree. */
export const { Panel: PlaceField } = lazyPanel<PlaceFieldProps>(
  () => import('./PlaceFieldPanel.tsx').then((field) => field.PlaceFieldPanel),
  { onDemand: true, loading: () => <Skeleton height={64} />, takesFocus: ({ autoFocus = false }) => autoFocus },
)
