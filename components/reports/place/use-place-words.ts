'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { FoundPlace, PlaceAt } from '#server/places/rules/place.ts'

/** The words for a place: its commune, and how exactly it is known. */
export function usePlaceWords() {
  const t = useTranslations('places')
  return useMemo(
    () => ({
      noteOf: ({ areaName, beside, precision }: FoundPlace): string =>
        [areaName, beside && t('beside', { street: beside }), t(`precisions.${precision}`)].filter(Boolean).join(' · '),
      nameOf: ({ label, areaName, beside }: FoundPlace): string =>
        [label, beside && t('beside', { street: beside }), areaName].filter(Boolean).join(', '),
      atWords: ({ area, street }: PlaceAt): string =>
        area ? [area.name, street && t('beside', { street: street.label })].filter(Boolean).join(', ') : t('outside'),
    }),
    [t],
  )
}
