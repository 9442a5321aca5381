'use client'

import { useQuery } from '@tanstack/react-query'
import type { FeatureCollection, LineString } from 'geojson'
import type { Map as MapLibre } from 'maplibre-gl'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useAreaShapes } from '#components/areas/use-area-shapes.ts'
import { frameOf, height, pathOf, width } from './draw-overview.ts'
import styles from './Overview.module.css'

type Drawn = FeatureCollection<LineString, { kind: string; width: number }>

const roomy = '(min-width: 1100px)'
const day = 24 * 3_600_000

/** The whole city in a corner of the map, with the frame being viewed. */
export function Overview({ map }: { map: MapLibre | null }) {
  const hasRoom = useSyncExternalStore(onRoom, () => window.matchMedia(roomy).matches)
  return hasRoom && map ? <City map={map} /> : null
}

function onRoom(tell: () => void): () => void {
  const query = window.matchMedia(roomy)
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}

function City({ map }: { map: MapLibre }) {
  const t = useTranslations('map')
  const { data: shapes } = useAreaShapes()
  const { data: drawn } = useQuery({
    queryKey: ['schematic'],
    queryFn: async ({ signal }) => (await fetch('/api/map/schematic.geojson', { signal })).json() as Promise<Drawn>,
    staleTime: day,
    gcTime: day,
  })
  const land = useMemo(() => shapes && pathOf(shapes), [shapes])
  const rivers = useMemo(
    () =>
      drawn &&
      pathOf({
        ...drawn,
        features: drawn.features.filter(({ properties: { kind, width: wide } }) => kind === 'river' && wide > 1),
      }),
    [drawn],
  )
  const frame = useRef<SVGRectElement>(null)
  useEffect(() => {
    // Without rendering: this follows every step of a movement.
    const follow = () => {
      const bounds = map.getBounds()
      const at = frameOf({
        west: bounds.getWest(),
        south: bounds.getSouth(),
        east: bounds.getEast(),
        north: bounds.getNorth(),
      })
      for (const [name, value] of Object.entries(at)) frame.current?.setAttribute(name, value.toFixed(1))
    }
    follow()
    map.on('move', follow)
    return () => void map.off('move', follow)
  }, [map])
  return (
    <figure className={styles.overview}>
      <div className={styles.drawing}>
        <svg width={width} height={height} aria-hidden="true">
          {land && <path d={land} className={styles.land} />}
          {rivers && <path d={rivers} className={styles.river} />}
        </svg>
        {/* Apart, so that the city is not drawn again with every step of a movement. */}
        <svg width={width} height={height} className={styles.above} aria-hidden="true">
          <rect ref={frame} className={styles.frame} rx="1" />
        </svg>
      </div>
      <figcaption>{t('frame')}</figcaption>
    </figure>
  )
}
