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
import { type BoundDataPoint, drillDownAddress, parseDrillDown } from '#server/insights/rules/data-point.ts'
import { boardAddress } from '#server/insights/rules/filters.ts'
import { otherSideOf } from '#server/insights/rules/other-side.ts'
import type { Choices } from '#server/reports/queries/choices.ts'
import { boardLeft } from '../chart/drill-place.ts'
import styles from './DrillDownBar.module.css'
import { useCountSentence } from './use-count-sentence.ts'
import { useDrillDownWords } from './use-drill-down-words.ts'

type Props = {
  drillDown: string
  choices: Choices | undefined
  /** Rows are selected: Esc clears the selection first. */
  hasSelection: boolean
  active: boolean
  onDrop: () => void
}

/**
 * Which figure of the board this list is: its name, every condition it was counted under, its number, and the link
 * back.
 */
export function DrillDownBar({ drillDown, choices, hasSelection, active, onDrop }: Props) {
  const t = useTranslations('board.drillDown')
  const insights = useTranslations('insights.measures')
  const trpc = useTRPC()
  const router = useRouter()
  const sentenceOf = useCountSentence()
  const conditionsOf = useDrillDownWords(choices)
  const { data } = useQuery({ ...trpc.insights.drillDown.queryOptions(drillDown), staleTime: Number.POSITIVE_INFINITY })
  const bound = parseDrillDown(drillDown)
  const back = () => router.push(boardLeft() ?? (bound ? boardAddress(bound.filters) : '/insights'))
  useCommands('list', { 'list.clear': () => (hasSelection ? false : back()) }, { active })
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
        <strong className={styles.name}>{bound ? insights(bound.dataPoint.measure) : t('unreadable')}</strong>
        <span className={styles.count} role="status">
          {data && sentenceOf(data)}
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

/** From the numerator to the denominator, and back. */
function OtherSide({ bound }: { bound: BoundDataPoint }) {
  const t = useTranslations('board.drillDown')
  const insights = useTranslations('insights.measures')
  const other = otherSideOf(bound.dataPoint)
  if (!other) return null
  return (
    <Link href={drillDownAddress({ ...bound, dataPoint: other.dataPoint })} className={styles.other}>
      {t(other.side, { measure: insights(other.dataPoint.measure) })}
    </Link>
  )
}
