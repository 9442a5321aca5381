'use client'

import { type KeyboardEvent, type ReactNode, useContext } from 'react'
import { KeyboardContext } from '#components/keyboard/keyboard-context.ts'
import { digitOf } from '#components/keyboard/strokes.ts'
import { Kbd } from './Kbd.tsx'
import styles from './QuickPicks.module.css'

export type QuickPick = { id: string; label: string }

type Props<Pick extends QuickPick> = {
  label: string
  picks: readonly Pick[]
  /** The option that is in the field. */
  picked?: string | undefined
  /** Whether a digit picks: not once something is being typed, as then it is text. */
  byDigit: boolean
  onPick: (pick: Pick) => void
  /** The field that the options fill. */
  children: ReactNode
}

/** The likeliest options of a field, below it, each with a digit as long as nothing is typed. */
export function QuickPicks<Pick extends QuickPick>(props: Props<Pick>) {
  const { label, picks, picked, byDigit, onPick, children } = props
  const singleKeys = useContext(KeyboardContext)?.singleKeys ?? false
  const press = (event: KeyboardEvent) => {
    // A panel opened from the field, over the page, has its own keys.
    const isHere = event.target instanceof Element && event.currentTarget.contains(event.target)
    if (!singleKeys || !byDigit || !isHere || event.target instanceof HTMLButtonElement) return
    const pick = picks[(digitOf(event.nativeEvent) ?? 0) - 1]
    if (!pick) return
    event.preventDefault()
    event.stopPropagation()
    onPick(pick)
  }
  return (
    <div className={styles.place} onKeyDownCapture={press}>
      {children}
      {picks.length > 0 && (
        <ul className={styles.picks} aria-label={label}>
          {picks.map((pick, i) => (
            <li key={pick.id}>
              <button
                type="button"
                className={styles.pick}
                tabIndex={-1}
                aria-pressed={pick.id === picked}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => onPick(pick)}
              >
                {singleKeys && (
                  <span className={styles.digit} data-off={!byDigit || undefined}>
                    <Kbd>{String(i + 1)}</Kbd>
                  </span>
                )}
                {pick.label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
