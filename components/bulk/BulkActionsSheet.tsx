'use client'

import { Sheet } from '#components/ui/Sheet.tsx'
import styles from './BulkActionsSheet.module.css'

type BulkActionEntry = { id: string; label: string; onSelect: () => void }

type Props = { title: string; entries: readonly BulkActionEntry[]; onClose: () => void }

/** The actions for the chosen reports, as a sheet on a phone. */
export function BulkActionsSheet({ title, entries, onClose }: Props) {
  return (
    <Sheet open title={title} onClose={onClose}>
      <ul className={styles.actions}>
        {entries.map(({ id, label, onSelect }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                onClose()
                onSelect()
              }}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
