import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { changeCategory, changeSeverity, changeTags, linkIncident } from '#server/reports/commands/change-report.ts'
import type { Moved } from '#server/reports/commands/move-report.ts'
import { rejectReport } from '#server/reports/commands/reject-report.ts'
import { answerReport, submitAnswer } from '#server/reports/commands/submit-answer.ts'
import { takeBackInRun } from '#server/reports/commands/take-back.ts'
import { transferReport } from '#server/reports/commands/transfer-report.ts'
import { takeChangeBack } from '#server/reports/commands/undo-change.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { lacksValues, wordsFor } from '#server/reports/queries/batch-candidates.ts'
import { outcomeOf } from '#server/reports/rules/outcome.ts'
import type { ChangeInput } from '#server/reports/rules/schemas.ts'
import type { ReportBefore } from '../queries/candidates.ts'
import type { BulkAction } from '../rules/actions.ts'
import { type Inverse, tagsAfter } from '../rules/undo.ts'

/** Makes one change of a run through the command of the single change, on the version that the user confirmed. */
export function perform(ctx: Context, action: BulkAction, before: ReportBefore, seen: ChangeInput): Promise<Moved> {
  switch (action.name) {
    case 'assign':
      return assignReport(ctx, { ...seen, agencyId: action.agencyId, note: action.note })
    case 'assign_person':
      return assignPerson(ctx, { ...seen, accountId: action.accountId })
    case 'transfer':
      return transferReport(ctx, { ...seen, agencyId: action.agencyId, reason: action.reason })
    case 'change_category':
      return changeCategory(ctx, { ...seen, categoryCode: action.categoryCode })
    case 'change_severity':
      return changeSeverity(ctx, { ...seen, severity: action.severity, reason: action.reason })
    case 'change_tags':
      return changeTags(ctx, { ...seen, tags: tagsAfter(before.tags, action) })
    case 'link_incident':
      return linkIncident(ctx, { ...seen, incidentId: action.incidentId })
    case 'reject':
      return rejectReport(ctx, { ...seen, reason: action.reason, answer: action.answer })
    case 'answer': {
      const words = wordsFor(before, action)
      if (lacksValues(words)) throw new DomainError('unfilled_variables')
      const give = before.needsApproval ? submitAnswer : answerReport
      return give(ctx, { ...seen, ...words, ...outcomeOf(action), photoIds: [] })
    }
  }
}

/**
 * Restores one report to its state before the run; what has been changed again since stays, and the undo is refused.
 */
export function takeBack(ctx: Context, { name }: Inverse, seen: ChangeInput): Promise<Moved> {
  switch (name) {
    case 'undo':
      return takeChangeBack(ctx, seen)
    case 'take_back':
      return takeBackInRun(ctx, seen)
    case 'withdraw_answer':
      return withdrawAnswer(ctx, seen)
  }
}
