'use client'

import { useEffect } from 'react'
import { useReport } from '#components/reports/report/use-report.ts'

type Props = {
  code: string
  /** Milliseconds for which it must be visible to count as read. */
  after: number
  onSeen: (id: number, version: number) => void
}

/** Records that a report has been read: at once on its page, after a moment in the preview. */
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
