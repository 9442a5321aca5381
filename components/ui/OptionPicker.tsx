'use client'

import type { FieldWiring } from './FormField.tsx'
import { lazyPanel } from './lazy-panel.ts'
import type { PickerOption } from './match-options.ts'
import { Skeleton } from './Skeleton.tsx'

type Shared = {
  field: FieldWiring
  /** Undefined while they are being fetched. */
  options: readonly PickerOption[] | undefined
  placeholder?: string
  autoFocus?: boolean
  /** Enter chooses an unambiguous option and submits the form at once: that option shows the key. */
  sends?: boolean
}

export type OptionPickerProps = Shared &
  (
    | { multiple?: false; value: string | null; onChange: (id: string | null) => void; clearable?: boolean }
    | { multiple: true; value: readonly string[]; onChange: (ids: string[]) => void }
  )

/** One or several of many options, found by typing a few letters. Its code loads only with a form that needs it. */
export const { Panel: OptionPicker } = lazyPanel<OptionPickerProps>(
  () => import('./panels.ts').then((panels) => panels.OptionPickerBox),
  { loading: () => <Skeleton height={36} />, takesFocus: ({ autoFocus = false }) => autoFocus },
)
