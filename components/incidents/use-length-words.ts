'use client'

import { useTranslations } from 'next-intl'
import { lengthOnTheWall } from '#server/after-action/rules/length.ts'

export function useLengthWords() {
  const t = useTranslations('incidents.after')
  return (minutes: number): string => {
    const { key, values } = lengthOnTheWall(minutes)
    return t(key, values as never)
  }
}
