'use client'

import { createContext, useContext } from 'react'
import type { FormValues } from '#components/reports/moves/forms.ts'
import type { DialogName, DirectName } from '#components/reports/moves/move-names.ts'
import type { GoOn } from '#components/reports/moves/use-report-action.ts'
import type { ReportView } from '#server/reports/queries/report.ts'

export type ComposerKind = 'note' | 'answer'

/** What the parts of an open report share. */
export type ReportDesk = {
  report: ReportView
  /** Id and name of the user, once known. */
  myself: { id: string; name: string } | undefined
  /** Opens the dialog of a move with initial values. */
  open: (move: DialogName, initial?: FormValues, names?: Record<string, string>) => void
  /** Performs an action that needs no dialog at once. */
  doNow: (move: DirectName) => void
  /** Opens the composer at one of its boxes. */
  write: (kind: ComposerKind) => void
  /** Opens another report. */
  goTo: (code: string) => void
  /** Called after an action was done here. */
  goOn: GoOn
}

export const ReportDeskContext = createContext<ReportDesk | null>(null)

export function useReportDesk(): ReportDesk {
  const desk = useContext(ReportDeskContext)
  if (!desk) throw new Error('useReportDesk needs a ReportView above it')
  return desk
}

export const mayDo = (report: Pick<ReportView, 'moves'>, move: string): boolean =>
  report.moves.some((offered) => offered.move === move && offered.refusalReason === null)
