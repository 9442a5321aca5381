'use client'

import type { FieldWiring } from './FormField.tsx'
import { lazyPanel } from './lazy-panel.ts'
import { Skeleton } from './Skeleton.tsx'

export type TagPickerProps = {
  field: FieldWiring
  /** Suggestions, the most used first; undefined while they are loading. */
  options: readonly string[] | undefined
  value: readonly string[]
  onChange: (tags: string[]) => void
  autoFocus?: boolean
}

/** Free text, each entry becoming a chip; existing ones are suggested. */
export const { Panel: TagPicker } = lazyPanel<TagPickerProps>(
  () => import('./panels.ts').then((panels) => panels.TagPickerBox),
  { loading: () => <Skeleton height={36} />, takesFocus: ({ autoFocus = false }) => autoFocus },
)
