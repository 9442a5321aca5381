'use client'

import { WholeCodes } from '#components/ui/WholeCodes.tsx'
import { partsByCode } from '#server/reports/rules/report-code.ts'
import { useReportDesk } from './desk.ts'

/** A text whose report codes are links. The page of a report decides whether the user may see it. */
export function LinkedCodes({ children }: { children: string }) {
  const { report, goTo } = useReportDesk()
  return partsByCode(children).map((part, at) => {
    if (at % 2 === 0 || part === report.code) return part
    return (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which change together
        key={at}
        href={`/reports/${part}`}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          goTo(part)
        }}
      >
        <WholeCodes>{part}</WholeCodes>
      </a>
    )
  })
}
