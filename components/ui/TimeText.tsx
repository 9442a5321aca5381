'use client'

import { Hint } from './Hint.tsx'
import { useFormat } from './use-format.ts'
import { useNow } from './use-now.ts'

type Props = {
  at: Date
  /**
   * "3 phút trước" · "08:12, hôm qua, 08/09" for narrow columns · "08:12, 08/09, 2025" for the narrowest · "08:12"
   * below the heading of its day · "24/11/2026 08:12".
   */
  as?: 'relative' | 'compact' | 'short' | 'underDay' | 'exact'
  /** Reachable by Tab, to read the exact time. Off where the row itself has the focus and contains it. */
  focusable?: boolean
}

/** A time in words; the exact one while it is hovered or has the focus. */
export function TimeText({ at, as = 'relative', focusable = false }: Props) {
  const format = useFormat()
  const now = useNow()
  const exact = format.dateTime(at)
  const time = (
    // The server's "now" may be half a minute older than the browser's.
    <time dateTime={at.toISOString()} suppressHydrationWarning tabIndex={focusable ? 0 : undefined}>
      {as === 'exact' ? exact : format[as](at, now)}
    </time>
  )
  return as === 'exact' ? time : <Hint text={exact}>{time}</Hint>
}
