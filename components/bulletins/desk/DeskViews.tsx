'use client'

import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { ViewsList } from '#components/ui/ViewsList.tsx'
import type { BulletinCounts } from '#server/bulletins/queries/list.ts'
import { type DeskState, type DeskView, deskViews } from '#server/bulletins/rules/desk-address.ts'
import { openBulletinStates } from '#server/bulletins/rules/lifecycle.ts'
import styles from './DeskViews.module.css'
import { deskAddress } from './use-desk-address.ts'

type Props = { desk: DeskState; counts: BulletinCounts | undefined; onDesk: (desk: DeskState) => void }

const groups: readonly (readonly DeskView[])[] = [
  deskViews.slice(0, 2),
  deskViews.slice(2, 8),
  deskViews.slice(9),
  // Nobody works on them, and no total counts them.
  deskViews.slice(8, 9),
]
/** Views that need attention now. */
const tones: Partial<Record<DeskView, 'late' | 'soon'>> = {
  look_back: 'late',
  in_review: 'soon',
  changes_requested: 'soon',
}

export function countOfView(view: DeskView, counts: BulletinCounts | undefined): number | null {
  if (!counts || view === 'mine') return null
  if (view === 'work') return openBulletinStates.reduce((sum, state) => sum + counts[state], 0)
  if (view === 'look_back') return counts.needsLookBack
  if (view !== 'all') return counts[view]
  const { needsLookBack: _, discarded: __, ...byState } = counts
  return Object.values(byState).reduce((sum, count) => sum + count, 0)
}

/** The views of the list with the number of bulletins in each. */
export function DeskViews({ desk, counts, onDesk }: Props) {
  const t = useTranslations('bulletins')
  const format = useFormat()
  const path = usePathname()
  return (
    <nav className={styles.nav} aria-label={t('views.label')}>
      {groups.map((views, at) => (
        <div key={views[0]}>
          <SectionLabel as="h2">{t(`views.groups.${at as 0 | 1 | 2 | 3}`)}</SectionLabel>
          <ViewsList
            views={views.map((view) => {
              const count = countOfView(view, counts)
              return {
                id: view,
                name: t(`views.names.${view}`),
                href: deskAddress(path, { ...desk, view }),
                current: view === desk.view ? 'page' : undefined,
                tone: count ? tones[view] : undefined,
                count: count === null ? null : format.number(count),
              }
            })}
            onView={(view) => onDesk({ ...desk, view })}
          />
        </div>
      ))}
    </nav>
  )
}
