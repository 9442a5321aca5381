'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Kbd } from '#components/ui/Kbd.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ViewCounts } from '#server/reports/queries/view-counts.ts'
import type { QueueView } from '#server/reports/rules/queue.ts'
import styles from './ViewSwitcher.module.css'
import { countCeiling, toneOf } from './ViewsNav.tsx'

type Props = {
  views: readonly QueueView[]
  current: QueueView
  counts: ViewCounts['counts']
  onView: (view: QueueView) => void
  onClose: () => void
}

/** `v`, then a digit: the views in a menu, the first nine by number. */
export function ViewSwitcher({ views, current, counts, onView, onClose }: Props) {
  const t = useTranslations('reports.queue.views')
  const format = useFormat()
  const menu = useRef<HTMLDivElement>(null)
  const before = useRef<Element | null>(null)

  useEffect(() => {
    before.current = document.activeElement
    const entries = menu.current?.querySelectorAll<HTMLElement>('[role="menuitemradio"]')
    entries?.[Math.max(0, views.indexOf(current))]?.focus()
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose()
    }
    document.addEventListener('pointerdown', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    }
  }, [views, current, onClose])

  const choose = (view: QueueView | undefined) => {
    if (!view) return
    onClose()
    onView(view)
  }
  const press = (event: KeyboardEvent) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
    const entries = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitemradio"]') ?? [])]
    const at = entries.indexOf(document.activeElement as HTMLElement)
    if (digit && !event.ctrlKey && !event.metaKey && !event.altKey) choose(views[Number(digit) - 1])
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
      {views.map((view, i) => {
        const count = counts[view]
        return (
          <button
            key={view}
            type="button"
            role="menuitemradio"
            aria-checked={view === current}
            tabIndex={-1}
            className={styles.entry}
            data-tone={count ? toneOf(view) : undefined}
            onClick={() => choose(view)}
          >
            <span className={styles.key}>{i < 9 && <Kbd>{String(i + 1)}</Kbd>}</span>
            <span className={styles.name}>{t(`names.${view}`)}</span>
            {count !== undefined && <span className={styles.count}>{format.cappedCount(count, countCeiling)}</span>}
          </button>
        )
      })}
    </div>
  )
}
