'use client'

import { useEffect } from 'react'
import { useReport } from '#components/reports/report/use-report.ts'

type Props = {
  code: string
  /** How long it must be in sight to count as read. */
  after: number
  onSeen: (id: number, version: number) => void
}

/** Notes that a report has been looked at: at once on its page, after a moment in the preview. */
export function SeenMark({ code, after, onSeen }: Props) {
  const { data: report } = useReport(code)
  const id = report?.id
  const version = report?.version
  useEffect(() => {
    if (id === undefined || version === undefined) return
    const timer = setTimeout(() => onSeen(id, version), after)
    return () => clearTimeout(timer)
  }, [id, version, after, onSeen])
  return null
}
