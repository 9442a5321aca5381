'use client'

import { useContext } from 'react'
import { ToastLaneContext } from '#components/ui/toast-context.ts'
import styles from './UndoLane.module.css'

/** What was decided last, above the decisions: with undo as long as it is possible. Empty most of the time. */
export function UndoLane() {
  const setLane = useContext(ToastLaneContext)
  return <div ref={setLane} className={styles.lane} aria-live="polite" aria-relevant="additions text" />
}
