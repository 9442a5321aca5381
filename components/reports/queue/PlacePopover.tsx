'use client'

import { useTranslations } from 'next-intl'
import { PlaceMap } from '#components/reports/map/PlaceMap.tsx'
import { RouteLink } from '#components/reports/map/RouteLink.tsx'
import type { RowDetail } from './QueueRow.tsx'
import { RowPopover } from './RowPopover.tsx'

/** A row's report on a small map: the row has all the data for it. */
export function PlacePopover({ row, anchor, onClose }: Omit<RowDetail, 'of'> & { onClose: () => void }) {
  const t = useTranslations('report')
  const area = row.areaId === null ? null : { id: row.areaId, name: row.areaName }
  return (
    <RowPopover title={t('sections.place')} code={row.code} anchor={anchor} isLoaded onClose={onClose}>
      <PlaceMap report={{ ...row, area }} />
      {row.point && <RouteLink point={row.point}>{t('map.route')}</RouteLink>}
    </RowPopover>
  )
}
