'use client'

import { DeadlinePopover } from './DeadlinePopover.tsx'
import { PlacePopover } from './PlacePopover.tsx'
import type { RowDetail } from './QueueRow.tsx'

/** How the deadline of a row is computed, or where its report is. */
export function RowDetailPopover({ of, ...detail }: RowDetail & { onClose: () => void }) {
  return of === 'deadline' ? <DeadlinePopover {...detail} /> : <PlacePopover {...detail} />
}
