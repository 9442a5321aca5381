'use client'

import { Bookmark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Kbd } from '#components/ui/Kbd.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import styles from './ViewSwitcher.module.css'
import { countCeiling } from './ViewsNav.tsx'

export type SwitchEntry = {
  id: string
  name: string
  count: number | undefined
  tone: 'late' | 'soon' | undefined
  isCurrent: boolean
  choose: () => void
}

type Props = {
  entries: readonly SwitchEntry[]
  savedViews: number
  onSavedViews: () => void
  onClose: () => void
}

/** `v`, then a digit: the views in a menu, built-in ones before saved ones, the first nine by number. */
export function ViewSwitcher({ entries: offered, savedViews, onSavedViews, onClose }: Props) {
  const t = useTranslations('reports.queue.views')
  const saved = useTranslations('reports.queue.saved')
  const format = useFormat()
  const menu = useRef<HTMLDivElement>(null)
  const before = useRef<Element | null>(null)
  const first = useRef(offered.findIndex(({ isCurrent }) => isCurrent))

  useEffect(() => {
    before.current = document.activeElement
    const entries = menu.current?.querySelectorAll<HTMLElement>('[role="menuitemradio"]')
    entries?.[Math.max(0, first.current)]?.focus()
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose()
    }
    document.addEventListener('pointerdown', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    }
  }, [onClose])

  const choose = (entry: SwitchEntry | undefined) => {
    if (!entry) return
    onClose()
    entry.choose()
  }
  const press = (event: KeyboardEvent) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
    const entries = [...(menu.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]
    const at = entries.indexOf(document.activeElement as HTMLElement)
    if (digit && !event.ctrlKey && !event.metaKey && !event.altKey) choose(offered[Number(digit) - 1])
    else if (event.key === 'Escape' || event.key === 'Tab') onClose()
    else if (event.key === 'ArrowDown' || event.code === 'KeyJ') entries[(at + 1) % entries.length]?.focus()
    else if (event.key === 'ArrowUp' || event.code === 'KeyK') entries.at(at - 1)?.focus()
    else if (event.key === 'Home') entries[0]?.focus()
    else if (event.key === 'End') entries.at(-1)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={menu} role="menu" tabIndex={-1} aria-label={t('switch')} className={styles.menu} onKeyDown={press}>
      {offered.map((entry, i) => (
        <button
          key={entry.id}
          type="button"
          role="menuitemradio"
          aria-checked={entry.isCurrent}
          tabIndex={-1}
          className={styles.entry}
          data-tone={entry.count ? entry.tone : undefined}
          onClick={() => choose(entry)}
        >
          <span className={styles.key}>{i < 9 && <Kbd>{String(i + 1)}</Kbd>}</span>
          <span className={styles.name}>{entry.name}</span>
          {entry.count !== undefined && (
            <span className={styles.count}>{format.cappedCount(entry.count, countCeiling)}</span>
          )}
        </button>
      ))}
      {savedViews > 0 && (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={styles.all}
          onClick={() => {
            onClose()
            onSavedViews()
          }}
        >
          <Bookmark size={14} aria-hidden="true" />
          {saved('all', { count: savedViews })}
        </button>
      )}
    </div>
  )
}
