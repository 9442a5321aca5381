import { ArrowDown, ArrowUp, Minus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { GoodDirection } from '#server/insights/rules/definitions.ts'
import styles from './Change.module.css'

type Props = {
  change: number
  good: GoodDirection
  /** The change without its sign, as text. */
  text: string
}

/** An arrow for the direction, a colour and a word for whether it is a good one: more is not always better. */
export function Change({ change, good, text }: Props) {
  const t = useTranslations('board.change')
  const direction = change > 0 ? 'up' : change < 0 ? 'down' : 'same'
  const verdict = direction === 'same' || good === 'none' ? 'plain' : direction === good ? 'better' : 'worse'
  const Icon = { up: ArrowUp, down: ArrowDown, same: Minus }[direction]
  return (
    <span className={styles.change} data-verdict={verdict}>
      <Icon size={14} strokeWidth={2.5} aria-hidden="true" />
      <VisuallyHidden>{t(direction)} </VisuallyHidden>
      {direction === 'same' ? t('none') : text}
      {verdict !== 'plain' && <VisuallyHidden>, {t(verdict)}</VisuallyHidden>}
    </span>
  )
}
