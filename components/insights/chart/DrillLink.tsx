'use client'

import { useRouter } from 'next/navigation'
import type { CSSProperties, MouseEvent, ReactNode } from 'react'
import { leavePlace } from './drill-place.ts'

type Props = {
  /** Null: nothing to open, or reports that this account may not read. */
  href: string | null
  /** What it opens, where the content alone does not say it. */
  label?: string | undefined
  className?: string | undefined
  style?: CSSProperties | undefined
  tabIndex?: number | undefined
  /** "column,row" in a chart whose data points are reached by arrow keys. */
  at?: string | undefined
  children: ReactNode
}

/**
 * A figure, bar or cell that opens the queue with exactly the reports it counts. An ordinary link: it can be copied and
 * opened in a tab.
 */
export function DrillLink({ href, label, className, style, tabIndex, at, children }: Props) {
  const open = useDrill()
  if (href === null)
    return (
      <span className={className} style={style}>
        {children}
      </span>
    )
  return (
    <a
      href={href}
      aria-label={label}
      className={className}
      style={style}
      tabIndex={tabIndex}
      onClick={open}
      data-at={at}
      data-drill
    >
      {children}
    </a>
  )
}

/**
 * The click handler of a drill-down link, in HTML or SVG: stores the position, then navigates without reloading the
 * page.
 */
export function useDrill() {
  const router = useRouter()
  return (event: MouseEvent<Element>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.currentTarget
    const href = link.getAttribute('href')
    if (!href) return
    event.preventDefault()
    leavePlace(link)
    router.push(href)
  }
}
