import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { DeadlineGroup } from '#server/reports/rules/map.ts'
import { PinSign } from './PinSign.tsx'

/** An entry of a map's legend: the sign, in the words of the queue's filter, and how many there are. */
export function PinWords({ group, count }: { group: DeadlineGroup; count: number | null }) {
  const t = useTranslations('reports')
  const format = useFormat()
  return (
    <>
      <PinSign group={group} />
      <span>
        {group === 'none' ? t('deadline.notRunning') : t(`queue.filters.deadlines.${group}`)}{' '}
        <b>{count !== null && format.number(count)}</b>
      </span>
    </>
  )
}
