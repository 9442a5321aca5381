'use client'

import { useEffect, useRef, useState } from 'react'
import type { PickerOption } from '#components/ui/match-options.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Proposal } from './use-proposal.ts'

/** Assigns as the rules propose. Pressed before they have answered, the key waits for them. */
export function useAssign(report: ReportView, proposal: Proposal, run: (agency: PickerOption | null) => void) {
  const [awaited, setAwaited] = useState<number | null>(null)
  const { agency, isKnown } = proposal
  const assign = () => (isKnown ? run(agency) : setAwaited(report.id))
  const assignNow = useRef(assign)
  useEffect(() => {
    assignNow.current = assign
  })
  useEffect(() => {
    if (awaited === null || (awaited === report.id && !isKnown)) return
    setAwaited(null)
    if (awaited === report.id) assignNow.current()
  }, [awaited, report.id, isKnown])
  return assign
}
