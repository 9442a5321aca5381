import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import { changeCategory, changeSeverity, changeTags, linkIncident } from '#server/reports/commands/change-report.ts'
import type { Moved } from '#server/reports/commands/move-report.ts'
import { rejectReport } from '#server/reports/commands/reject-report.ts'
import { answerReport, submitAnswer } from '#server/reports/commands/submit-answer.ts'
import { transferReport } from '#server/reports/commands/transfer-report.ts'
import { takeChangeBack } from '#server/reports/commands/undo-change.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { lacksValues, wordsFor } from '#server/reports/queries/batch-candidates.ts'
import type { ChangeInput } from '#server/reports/rules/schemas.ts'
import type { ReportBefore } from '../queries/candidates.ts'
import type { BulkDeed } from '../rules/actions.ts'
import { type Inverse, tagsAfter } from '../rules/undo.ts'

/** Makes one change of a run through the very command of the single change, on the version that was confirmed. */
export function perform(ctx: Context, deed: BulkDeed, before: ReportBefore, seen: ChangeInput): Promise<Moved> {
  switch (deed.name) {
    case 'assign':
      return assignReport(ctx, { ...seen, agencyId: deed.agencyId, note: deed.note })
    case 'assign_person':
      return assignPerson(ctx, { ...seen, accountId: deed.accountId })
    case 'transfer':
      return transferReport(ctx, { ...seen, agencyId: deed.agencyId, reason: deed.reason })
    case 'change_category':
      return changeCategory(ctx, { ...seen, categoryCode: deed.categoryCode })
    case 'change_severity':
      return changeSeverity(ctx, { ...seen, severity: deed.severity, reason: deed.reason })
    case 'change_tags':
      return changeTags(ctx, { ...seen, tags: tagsAfter(before.tags, deed) })
    case 'link_incident':
      return linkIncident(ctx, { ...seen, incidentId: deed.incidentId })
    case 'reject':
      return rejectReport(ctx, { ...seen, reason: deed.reason, answer: deed.answer })
    case 'answer': {
      const words = wordsFor(before, deed)
      if (lacksValues(words)) throw new DomainError('unfilled_variables')
      const give = before.needsApproval ? submitAnswer : answerReport
      return give(ctx, { ...seen, ...words, photoIds: [] })
    }
  }
}

/** Puts one report back as it was; what somebody has set anew since stays, and is refused. */
export const takeBack = (ctx: Context, { name }: Inverse, seen: ChangeInput): Promise<Moved> =>
  name === 'withdraw_answer' ? withdrawAnswer(ctx, seen) : takeChangeBack(ctx, seen)
