'use client'

import { useTranslations } from 'next-intl'
import { usePresenceAt } from '#components/presence/presence-store.ts'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import { PhotoPeek } from './PhotoPeek.tsx'
import styles from './Row.module.css'
import { mostSigns, rowSigns } from './row-signs.ts'
import type { LoadedRow } from './use-queue-list.ts'

/** Mostly no one is present: its code loads when someone is. */
const { Panel: RowPresence } = lazyPanel(
  () => import('#components/presence/RowPresence.tsx').then((part) => part.RowPresence),
  { onDemand: true, takesFocus: () => false, silent: true },
)

/** The signs of a row, two at most; resting on them shows the first photo, and all of them in words. */
export function Signs({ row, isChanged }: { row: LoadedRow; isChanged: boolean }) {
  const t = useTranslations('reports.queue.row')
  const presence = usePresenceAt(row.id)
  const standing = rowSigns.filter(({ stands }) => stands(row, { isChanged }))
  if (standing.length === 0 && !presence) return null
  const drawn = standing.slice(0, presence ? mostSigns - 1 : mostSigns)
  const words = standing.map((sign) => sign.words(t, row)).join(' · ')
  return (
    <PhotoPeek code={row.photoCount > 0 ? row.code : null}>
      <span className={styles.signs} title={words}>
        {drawn.map(({ id, icon: Icon, tone }) => (
          <Icon key={id} size={13} strokeWidth={id === 'changed' ? 6 : 1.75} data-tone={tone} aria-hidden="true" />
        ))}
        {presence && <RowPresence presence={presence} />}
        {standing.map((sign) => (
          <VisuallyHidden key={sign.id}>{sign.words(t, row)} </VisuallyHidden>
        ))}
      </span>
    </PhotoPeek>
  )
}
