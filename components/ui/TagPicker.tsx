'use client'

import type { FieldWiring } from './FormField.tsx'
import { lazyPanel } from './lazy-panel.ts'
import { Skeleton } from './Skeleton.tsx'

export type TagPickerProps = {
  field: FieldWiring
  /** Suggested, the most used first; undefined while they are being fetched. */
  options: readonly string[] | undefined
  value: readonly string[]
  onChange: (tags: string[]) => void
  autoFocus?: boolean
}

/** Words of one's own, each becoming a chip; those in use are suggested. */
export const { Panel: TagPicker } = lazyPanel<TagPickerProps>(
  () => import('./TagPickerBox.tsx').then((box) => box.TagPickerBox),
  { loading: () => <Skeleton height={36} />, takesFocus: ({ autoFocus = false }) => autoFocus },
)
