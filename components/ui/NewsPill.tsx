'use client'

import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import styles from './NewsPill.module.css'

type Props = {
  /** What has come since the list was loaded; nothing while it is current. */
  children: ReactNode
  /** In the line of the title where the screen has space for it; otherwise over the first row. */
  inline?: boolean
  busy: boolean
  onLoad: () => void
}

/** What has come since a list was loaded, to load when the user chooses, at the bottom of a positioned part. */
export function NewsPill({ children, inline, busy, onLoad }: Props) {
  return (
    <div className={styles.news} data-inline={inline} role="status">
      {children && (
        <Button
          variant="primary"
          size="small"
          className={styles.pill}
          busy={busy}
          icon={<RotateCw />}
          command="list.loadNew"
          onClick={onLoad}
        >
          {children}
        </Button>
      )}
    </div>
  )
}
