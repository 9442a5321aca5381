'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, X } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { boardAddress } from '#server/insights/rules/filters.ts'
import { type BoundMark, markAddress, parseMark } from '#server/insights/rules/data-point.ts'
import { otherSideOf } from '#server/insights/rules/other-side.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { boardLeft } from '../chart/drill-place.ts'
import styles from './DrillDownBar.module.css'
import { useMarkWords } from './use-drill-down-words.ts'

type Props = {
  mark: string
  choices: Choices | undefined
  /** Rows are chosen: Esc lets go of them first. */
  hasSelection: boolean
  active: boolean
  onDrop: () => void
}

/** Which figure of the board this list is: its name, every condition it was counted under, its number, and the way back. */
export function MarkBar({ mark, choices, hasSelection, active, onDrop }: Props) {
  const t = useTranslations('board.mark')
  const insights = useTranslations('insights.measures')
  const trpc = useTRPC()
  const router = useRouter()
  const format = useFormat()
  const conditionsOf = useMarkWords(choices)
  const { data } = useQuery({ ...trpc.insights.marked.queryOptions(mark), staleTime: Number.POSITIVE_INFINITY })
  const bound = parseMark(mark)
  const back = () => router.push(boardLeft() ?? (bound ? boardAddress(bound.filters) : '/insights'))
  useCommands('list', { 'list.clear': () => (hasSelection ? false : back()) }, { active })
  const count = data && {
    count: data.count,
    reports: format.number(data.reports),
    figure: format.number(data.count),
  }
  return (
    <section className={styles.bar} aria-label={t('label')}>
      <div className={styles.line}>
        <Button
          size="small"
          variant="quiet"
          className={styles.back}
          icon={<ArrowLeft />}
          command="list.clear"
          onClick={back}
        >
          {t('back')}
        </Button>
        <span className={styles.slash} aria-hidden="true">
          /
        </span>
        <strong className={styles.name}>{bound ? insights(bound.mark.measure) : t('unreadable')}</strong>
        <span className={styles.count} role="status">
          {count && t(data.count === data.reports ? 'same' : 'several', count)}
        </span>
        {bound && <OtherSide bound={bound} />}
        <span className={styles.drop}>
          <IconButton size="small" label={t('drop')} onClick={onDrop}>
            <X />
          </IconButton>
        </span>
      </div>
      {bound && (
        <ul className={styles.conditions} aria-label={t('conditions')}>
          {conditionsOf(bound).map(({ key, label, value }) => (
            <li key={key} className={styles.condition}>
              <span className={styles.label}>{label}</span> {value}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** From the part that counts to the whole it is a part of, and back. */
function OtherSide({ bound }: { bound: BoundMark }) {
  const t = useTranslations('board.mark')
  const insights = useTranslations('insights.measures')
  const other = otherSideOf(bound.mark)
  if (!other) return null
  return (
    <Link href={markAddress({ ...bound, mark: other.mark })} className={styles.other}>
      {t(other.side, { measure: insights(other.mark.measure) })}
    </Link>
  )
}
