import { ArrowDown, ArrowUp, Minus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Verdict } from '#server/insights/rules/board.ts'
import styles from './Change.module.css'

type Props = {
  change: number
  /** Null: the change is not judged. */
  verdict: Verdict | null
  /** The change without its sign, as text. */
  text: string
}

/** An arrow for the direction, and only beyond chance a colour and a word for whether it is a good one. */
export function Change({ change, verdict, text }: Props) {
  const t = useTranslations('board.change')
  const direction = change > 0 ? 'up' : change < 0 ? 'down' : 'same'
  const Icon = { up: ArrowUp, down: ArrowDown, same: Minus }[direction]
  return (
    <span className={styles.change} data-verdict={verdict ?? undefined}>
      <span className={styles.amount}>
        <Icon size={14} strokeWidth={2.5} aria-hidden="true" />
        {direction !== 'same' && <VisuallyHidden>{t(direction)} </VisuallyHidden>}
        {direction === 'same' ? t('none') : text}
        {verdict && <VisuallyHidden>, </VisuallyHidden>}
      </span>
      {verdict && <span className={styles.said}>{t(verdict)}</span>}
    </span>
  )
}
