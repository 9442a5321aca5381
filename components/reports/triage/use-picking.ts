'use client'

import { useState } from 'react'
import type { LikelyDuplicate } from '#server/reports/queries/duplicates.ts'
import type { ReportView } from '#server/reports/queries/report.ts'

/** Which likely duplicate is looked at, and whether one is being chosen to merge into. */
export function usePicking(report: ReportView, found: readonly LikelyDuplicate[]) {
  const [picking, setPicking] = useState<{ reportId: number; offered: readonly LikelyDuplicate[] } | null>(null)
  const [pointed, setPointed] = useState({ reportId: report.id, at: 0 })
  // The choice ends with the report: back on it later, a digit is a decision again.
  if (picking && picking.reportId !== report.id) setPicking(null)
  const isPicking = picking?.reportId === report.id
  // As it was when the user reached for the digits: a list that is ranked again must not move under their fingers.
  const offered = isPicking && picking.offered.length > 0 ? picking.offered : found
  const at = pointed.reportId === report.id ? Math.min(pointed.at, Math.max(0, offered.length - 1)) : 0
  return {
    isPicking,
    offered,
    at,
    start: () => setPicking({ reportId: report.id, offered: found }),
    stop: () => setPicking(null),
    point: (to: number) => setPointed({ reportId: report.id, at: Math.max(0, Math.min(offered.length - 1, to)) }),
  }
}

export type Picking = ReturnType<typeof usePicking>
