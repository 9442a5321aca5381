'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { PhotoView } from '#server/reports/queries/report.ts'

/** Who added the photo and when: the caption below it and its text alternative. */
export function usePhotoCaptions(): (photo: PhotoView) => string {
  const t = useTranslations('report.photos')
  const format = useFormat()
  return ({ kind, addedBy, addedAt }) => {
    const words = { kind: t(`kinds.${kind}`), when: format.dateTime(addedAt) }
    return addedBy ? t('captionBy', { ...words, name: addedBy }) : t('caption', words)
  }
}
