import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dot } from './Dot.tsx'
import styles from './StatusChip.module.css'
import { type StatusName, statusGround, statusInk } from './status-colors.ts'
import { statusIcons } from './status-icons.ts'

type Props = {
  status: StatusName
  /** The text, already translated. A status is never shown without it. */
  children: ReactNode
  /** `soft` has its own background (deadlines); `plain` is a dot and coloured text (states in a column). */
  variant?: 'soft' | 'plain'
  icon?: LucideIcon
}

export function StatusChip({ status, children, variant = 'soft', icon }: Props) {
  const Icon = icon ?? (variant === 'soft' ? statusIcons[status] : undefined)
  const style =
    variant === 'soft' ? { color: statusInk(status), background: statusGround(status) } : { color: statusInk(status) }
  return (
    <span className={variant === 'soft' ? styles.soft : styles.plain} style={style}>
      {Icon ? <Icon size={14} strokeWidth={2} aria-hidden="true" className={styles.icon} /> : <Dot status={status} />}
      <span className={styles.words}>{children}</span>
    </span>
  )
}
