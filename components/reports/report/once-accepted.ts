import { useMemo } from 'react'
import { isAccept, useOutbox } from '#components/reports/outbox/outbox.ts'
import type { ReportView } from '#server/reports/queries/report.ts'

type Acceptable = Pick<ReportView, 'id' | 'version' | 'moves' | 'category'>

/**
 * The report as it may be answered: one with the user's own waiting acceptance counts as accepted, on the version that
 * the acceptance makes.
 */
export function useAnswerable<Report extends Acceptable>(report: Report, accountId: string | undefined): Report {
  const isAccepting = useOutbox(accountId)
    .filter(isAccept)
    .some(({ reportId, version, refusal }) => reportId === report.id && version === report.version && !refusal)
  return useMemo(() => (isAccepting ? onceAccepted(report) : report), [isAccepting, report])
}

export function onceAccepted<Report extends Acceptable>(report: Report): Report {
  const way = report.category.needsApproval ? 'submit_answer' : 'answer'
  const moves = report.moves.map((each) => (each.move === way ? { ...each, refusalReason: null } : each))
  return { ...report, version: report.version + 1, moves }
}
