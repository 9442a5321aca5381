'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePlaceWords } from '#components/reports/place/use-place-words.ts'
import { usePlaces } from '#components/reports/place/use-places.ts'
import { speaksOf } from '#server/places/rules/meant.ts'
import { formatPlace } from '#server/reports/rules/map.ts'
import { queueOf } from '#server/reports/rules/queue.ts'
import { queueAddress } from '#server/reports/rules/queue-address.ts'
import type { Entry } from './entries.ts'

const most = 2
/** The map then shows a few streets around the place. */
const zoom = 16

/** The reports around the places that what was typed may mean: the map and its list, with the place in the middle. */
export function useAroundEntries(typed: string, mayRead: boolean): Entry[] {
  const t = useTranslations('palette')
  const router = useRouter()
  const { noteOf } = usePlaceWords()
  const { found } = usePlaces(typed, { isOn: mayRead && /\p{L}/u.test(typed) })
  return useMemo(
    () =>
      found
        .filter(({ label }) => speaksOf(typed, label))
        .slice(0, most)
        .map((place) => ({
          id: `around:${place.id}`,
          section: 'places',
          label: t('around', { place: place.label }),
          note: noteOf(place),
          run: () => {
            const at = formatPlace({ lon: place.lon, lat: place.lat, zoom })
            router.push(`/map?${queueAddress(queueOf('all'))}&at=${at}`)
          },
        })),
    [found, typed, t, noteOf, router],
  )
}
