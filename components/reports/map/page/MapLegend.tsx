import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import { type DeadlineGroup, deadlineGroups, type GroupCounts } from '#server/reports/rules/map.ts'
import { ClusterSign, PinSign } from '../PinSign.tsx'
import styles from './MapLegend.module.css'

/** The signs of the map in the words of the queue's filter, and how many of each are in sight. */
export function MapLegend({ counts }: { counts: GroupCounts | null }) {
  const t = useTranslations('map.legend')
  const deadlines = useTranslations('reports.queue.filters.deadlines')
  const format = useFormat()
  const wordsOf = (group: DeadlineGroup) => (group === 'none' ? t('none') : deadlines(group))
  // Those without a deadline are in few lists.
  const shown = deadlineGroups.filter((group) => group !== 'none' || (counts?.none ?? 0) > 0)
  return (
    <ul className={styles.legend} aria-label={t('title')}>
      {shown.map((group) => (
        <li key={group}>
          <PinSign group={group} />
          <span>
            {wordsOf(group)} <b>{counts && format.number(counts[group])}</b>
          </span>
        </li>
      ))}
      <li>
        <ClusterSign />
        {t('cluster')}
      </li>
    </ul>
  )
}
