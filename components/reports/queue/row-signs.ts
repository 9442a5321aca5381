import { Camera, Dot, type LucideIcon, Reply, Siren } from 'lucide-react'
import type { useTranslations } from 'next-intl'
import type { LoadedRow } from './use-queue-list.ts'

type Words = ReturnType<typeof useTranslations<'reports.queue.row'>>

/** A sign beside the check box of a row: what one should know of the report besides its columns. */
export type RowSign = {
  id: 'urgent' | 'replied' | 'changed' | 'photos'
  icon: LucideIcon
  tone: 'grave' | 'accent' | 'quiet'
  stands: (row: LoadedRow, seen: { isChanged: boolean }) => boolean
  words: (t: Words, row: LoadedRow) => string
}

/** Every sign of a row, the most important first; who else is in the report comes after the first of them. */
export const rowSigns: readonly RowSign[] = [
  {
    id: 'urgent',
    icon: Siren,
    tone: 'grave',
    stands: ({ severity }) => severity === 'urgent',
    words: (t) => t('urgent'),
  },
  {
    id: 'replied',
    icon: Reply,
    tone: 'accent',
    stands: ({ lastActivityBy, lastActivityAt, receivedAt }) =>
      lastActivityBy === 'citizen' && lastActivityAt > receivedAt,
    words: (t) => t('replied'),
  },
  {
    id: 'changed',
    icon: Dot,
    tone: 'accent',
    stands: (_, { isChanged }) => isChanged,
    words: (t) => t('changed'),
  },
  {
    id: 'photos',
    icon: Camera,
    tone: 'quiet',
    stands: ({ photoCount }) => photoCount > 0,
    words: (t, { photoCount }) => t('photos', { count: photoCount }),
  },
]

/** There is space for so many; the tooltip names the others too. */
export const mostSigns = 2
