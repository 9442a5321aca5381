'use client'

import { Check, ChevronRight, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import type { Matched } from './match.ts'
import styles from './Palette.module.css'

type Props = {
  id: string
  match: Matched
  isActive: boolean
  /** A second Enter runs it. */
  isConfirming: boolean
  onPoint: () => void
  onChoose: () => void
}

/** One line: the action, its subject, and its key. */
export function PaletteLine({ id, match: { entry, marks }, isActive, isConfirming, onPoint, onChoose }: Props) {
  const t = useTranslations('palette')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above the list
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={isConfirming ? styles.confirming : styles.line}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {isConfirming ? (
        <span className={styles.label}>
          <TriangleAlert size={16} aria-hidden="true" /> {t('confirm', { label: entry.label })}
        </span>
      ) : (
        <>
          <span className={styles.label}>
            <Marked text={entry.label} marks={marks} />
          </span>
          {entry.note && <span className={styles.note}>{entry.note}</span>}
          {entry.isOn && (
            <span className={styles.note}>
              <Check size={14} aria-hidden="true" /> {t('on')}
            </span>
          )}
          {entry.command && (
            <span className={styles.key}>
              <KeyHint command={entry.command} />
            </span>
          )}
          {entry.more && <ChevronRight size={16} className={styles.more} aria-hidden="true" />}
        </>
      )}
    </div>
  )
}

/** Highlights the typed letters. */
function Marked({ text, marks }: { text: string; marks: readonly number[] }) {
  if (marks.length === 0) return text
  const parts: { text: string; isMarked: boolean; from: number }[] = []
  for (const [from, letter] of [...text.normalize('NFC')].entries()) {
    const isMarked = marks.includes(from)
    const last = parts.at(-1)
    if (last?.isMarked === isMarked) last.text += letter
    else parts.push({ text: letter, isMarked, from })
  }
  return parts.map((part) => (part.isMarked ? <mark key={part.from}>{part.text}</mark> : part.text))
}
