'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import styles from './FilterChip.module.css'

type Props = {
  /** What is filtered: "Trạng thái". */
  label: string
  /** By what: "đang mở". */
  value: string
  /** Opens the editor of the filter. */
  onEdit?: (anchor: HTMLElement) => void
  onRemove: () => void
}

export function FilterChip({ label, value, onEdit, onRemove }: Props) {
  const t = useTranslations('common.filter')
  const words = (
    <>
      <span className={styles.label}>{label}</span> <span className={styles.value}>{value}</span>
    </>
  )
  return (
    <span className={styles.chip}>
      {onEdit ? (
        <button type="button" className={styles.words} onClick={(event) => onEdit(event.currentTarget)}>
          {words}
        </button>
      ) : (
        <span className={styles.words}>{words}</span>
      )}
      <button type="button" className={styles.remove} onClick={onRemove} aria-label={t('remove', { label, value })}>
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  )
}

type AddProps = { children: ReactNode; command?: CommandId; onClick: (anchor: HTMLElement) => void }

/** The dashed chip at the end of the row: adds a filter. */
export function AddFilterChip({ children, command, onClick }: AddProps) {
  return (
    <button
      type="button"
      className={styles.add}
      onClick={(event) => onClick(event.currentTarget)}
      aria-haspopup="true"
      aria-keyshortcuts={command && ariaKeysOf(command)}
    >
      <Plus size={14} aria-hidden="true" />
      {children}
      {command && <KeyHint command={command} />}
    </button>
  )
}
