import { useTranslations } from 'next-intl'
import { deadlineGroups, type GroupCounts } from '#server/reports/rules/map.ts'
import { ClusterSign } from '../PinSign.tsx'
import { PinWords } from '../PinWords.tsx'
import styles from './MapLegend.module.css'

/** The signs of the map in the words of the queue's filter, and how many of each are in sight. */
export function MapLegend({ counts }: { counts: GroupCounts | null }) {
  const t = useTranslations('map.legend')
  // Those without a deadline are in few lists.
  const shown = deadlineGroups.filter((group) => group !== 'none' || (counts?.none ?? 0) > 0)
  return (
    <ul className={styles.legend} aria-label={t('title')}>
      {shown.map((group) => (
        <li key={group}>
          <PinWords group={group} count={counts?.[group] ?? null} />
        </li>
      ))}
      <li>
        <ClusterSign />
        {t('cluster')}
      </li>
    </ul>
  )
}
