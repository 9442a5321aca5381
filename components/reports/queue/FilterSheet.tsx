'use client'

import dynamic from 'next/dynamic'
import type { Choices } from '#server/reports/queries/choices.ts'
import type { Queue } from '#server/reports/rules/queue.ts'

export type FilterSheetProps = {
  queue: Queue
  choices: Choices | undefined
  onQueue: (queue: Queue) => void
  onClose: () => void
}

const load = () => import('./FilterForm.tsx').then((form) => form.FilterForm)

/** All filters at once; the code loads when it is first opened. */
export const FilterSheet = dynamic<FilterSheetProps>(load, { ssr: false })
