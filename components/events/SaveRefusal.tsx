'use client'

import { CircleAlert } from 'lucide-react'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { ConflictNotice } from './ConflictNotice.tsx'
import styles from './SaveRefusal.module.css'

type Props = {
  /** The error of the save, if any; nothing is shown without one. */
  error: unknown
  onKeep: (version: number) => void
  onTake: () => void
}

/** Why a form was not saved, above its fields: a conflict with its choices, or the sentence of the refusal. */
export function SaveRefusal({ error, onKeep, onTake }: Props) {
  const textOf = useRefusalText()
  if (!error) return null
  const refusal = refusalOf(error)
  if (refusal?.code === 'conflict') return <ConflictNotice refusal={refusal} onKeep={onKeep} onTake={onTake} />
  return (
    <p className={styles.refusal} role="alert">
      <CircleAlert size={16} aria-hidden="true" />
      {textOf(error)}
    </p>
  )
}
