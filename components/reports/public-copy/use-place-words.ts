'use client'

import { useTranslations } from 'next-intl'
import { useFormat } from '#components/ui/use-format.ts'
import type { Box } from '#server/publication/rules/boxes.ts'

/** Describes position and size of a box in words. */
export function usePlaceWords(): (box: Box, at: number) => string {
  const t = useTranslations('report.publicCopy.photos.editor')
  const format = useFormat()
  const percent = (share: number) => format.number(Math.round(share * 1000) / 10)
  return ({ x, y, width, height }, at) =>
    t('place', { n: at + 1, x: percent(x), y: percent(y), width: percent(width), height: percent(height) })
}
