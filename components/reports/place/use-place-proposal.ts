'use client'

import { useReportAction } from '#components/reports/moves/use-report-action.ts'
import { placeMeant } from '#server/places/rules/meant.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { usePlaces } from './use-places.ts'

/**
 * Where the point of a report that has only an address would be, and the press that sets it; null where there is
 * nothing to propose.
 */
export function usePlaceProposal(report: ReportView) {
  const { address, area, point, acts } = report
  const isOpen = point === null && address !== '' && acts.includes('change_place')
  const { found, isSettled } = usePlaces(address, { areaId: area?.id, isOn: isOpen })
  const run = useReportAction(report)
  const place = isOpen && isSettled ? placeMeant(found) : null
  if (!place) return null
  const { lon, lat, areaId } = place
  return { place, set: () => void run('change_place', { address, point: { lon, lat }, areaId }) }
}
