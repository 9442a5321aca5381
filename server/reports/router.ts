import { inTurn, router, staffProcedure } from '#server/procedures/init.ts'
import { acceptReport } from './commands/accept-report.ts'
import { addInformation } from './commands/add-information.ts'
import { addNote } from './commands/add-note.ts'
import { approveAnswer, sendBackAnswer } from './commands/approve-answer.ts'
import { askCitizen, recordCitizenReply } from './commands/ask-citizen.ts'
import { assignPerson } from './commands/assign-person.ts'
import { assignReport } from './commands/assign-report.ts'
import { changeCategory, changePlace, changeSeverity, changeTags, linkIncident } from './commands/change-report.ts'
import { decideRequest } from './commands/decide-request.ts'
import { findByPhone } from './commands/find-by-phone.ts'
import { followUp, requestFollowUp } from './commands/follow-up.ts'
import { linkReport, unlinkReport } from './commands/link-report.ts'
import { mergeReport, unmergeReport } from './commands/merge-report.ts'
import { rateReport } from './commands/rate-report.ts'
import { receiveForCitizen } from './commands/receive-for-citizen.ts'
import { rejectReport } from './commands/reject-report.ts'
import { reopenReport } from './commands/reopen-report.ts'
import { requestExtension } from './commands/request-extension.ts'
import { requestPause } from './commands/request-pause.ts'
import { requestTransfer } from './commands/request-transfer.ts'
import { resumeReport } from './commands/resume-report.ts'
import { returnReport } from './commands/return-report.ts'
import { revealReporter } from './commands/reveal-reporter.ts'
import { rescheduleAnswer, scheduleAnswer, scheduleApproval, unscheduleAnswer } from './commands/schedule-answer.ts'
import { splitReport } from './commands/split-report.ts'
import { answerReport, submitAnswer } from './commands/submit-answer.ts'
import { takeBack } from './commands/take-back.ts'
import { transferReport } from './commands/transfer-report.ts'
import { withdrawAnswer } from './commands/withdraw-answer.ts'
import { mapProcedures } from './router/map.ts'
import { pageProcedures } from './router/page.ts'
import { queueProcedures } from './router/queue.ts'
import * as schemas from './rules/schemas.ts'

const handling = staffProcedure('reports.handle')

export const reportsRouter = router({
  ...queueProcedures,
  ...pageProcedures,
  ...mapProcedures,
  receive: staffProcedure('reports.receive')
    .input(schemas.receiveInput)
    .mutation(({ ctx, input }) => receiveForCitizen(ctx, input)),
  assign: handling.input(schemas.assignInput).mutation(({ ctx, input }) => assignReport(ctx, input)),
  reject: handling.input(schemas.rejectInput).mutation(({ ctx, input }) => rejectReport(ctx, input)),
  askCitizen: handling.input(schemas.askCitizenInput).mutation(({ ctx, input }) => askCitizen(ctx, input)),
  citizenReplied: handling
    .input(schemas.citizenRepliedInput)
    .mutation(({ ctx, input }) => recordCitizenReply(ctx, input)),
  merge: handling.input(schemas.mergeInput).mutation(({ ctx, input }) => mergeReport(ctx, input)),
  unmerge: handling.input(schemas.unmergeInput).mutation(({ ctx, input }) => unmergeReport(ctx, input)),
  split: handling.input(schemas.splitInput).mutation(({ ctx, input }) => splitReport(ctx, input)),
  link: handling.input(schemas.linkInput).mutation(({ ctx, input }) => linkReport(ctx, input)),
  unlink: handling.input(schemas.changeInput).mutation(({ ctx, input }) => unlinkReport(ctx, input)),
  accept: handling.input(schemas.acceptInput).mutation(({ ctx, input }) => acceptReport(ctx, input)),
  return: handling.input(schemas.returnInput).mutation(({ ctx, input }) => returnReport(ctx, input)),
  transfer: handling.input(schemas.transferInput).mutation(({ ctx, input }) => transferReport(ctx, input)),
  requestTransfer: handling.input(schemas.transferInput).mutation(({ ctx, input }) => requestTransfer(ctx, input)),
  requestExtension: handling.input(schemas.extensionInput).mutation(({ ctx, input }) => requestExtension(ctx, input)),
  requestPause: handling.input(schemas.pauseInput).mutation(({ ctx, input }) => requestPause(ctx, input)),
  decideRequest: handling.input(schemas.decideInput).mutation(({ ctx, input }) => decideRequest(ctx, input)),
  resume: handling.input(schemas.resumeInput).mutation(({ ctx, input }) => resumeReport(ctx, input)),
  assignPerson: handling.input(schemas.assignPersonInput).mutation(({ ctx, input }) => assignPerson(ctx, input)),
  submitAnswer: handling.input(schemas.answerInput).mutation(({ ctx, input }) => submitAnswer(ctx, input)),
  answer: handling.input(schemas.answerInput).mutation(({ ctx, input }) => answerReport(ctx, input)),
  followUp: handling.input(schemas.answerInput).mutation(({ ctx, input }) => followUp(ctx, input)),
  requestFollowUp: handling.input(schemas.answerInput).mutation(({ ctx, input }) => requestFollowUp(ctx, input)),
  scheduleAnswer: handling.input(schemas.scheduleAnswerInput).mutation(({ ctx, input }) => scheduleAnswer(ctx, input)),
  scheduleApproval: handling
    .input(schemas.scheduleApprovalInput)
    .mutation(({ ctx, input }) => scheduleApproval(ctx, input)),
  rescheduleAnswer: handling.input(schemas.rescheduleInput).mutation(({ ctx, input }) => rescheduleAnswer(ctx, input)),
  unscheduleAnswer: handling.input(schemas.changeInput).mutation(({ ctx, input }) => unscheduleAnswer(ctx, input)),
  approve: handling.input(schemas.changeInput).mutation(({ ctx, input }) => approveAnswer(ctx, input)),
  sendBack: handling.input(schemas.sendBackInput).mutation(({ ctx, input }) => sendBackAnswer(ctx, input)),
  withdrawAnswer: handling.input(schemas.changeInput).mutation(({ ctx, input }) => withdrawAnswer(ctx, input)),
  rate: handling.input(schemas.rateInput).mutation(({ ctx, input }) => rateReport(ctx, input)),
  reopen: handling.input(schemas.reopenInput).mutation(({ ctx, input }) => reopenReport(ctx, input)),
  takeBack: handling.input(schemas.changeInput).mutation(({ ctx, input }) => takeBack(ctx, input)),
  addNote: handling.input(schemas.noteInput).mutation(({ ctx, input }) => addNote(ctx, input)),
  addInformation: handling.input(schemas.informationInput).mutation(({ ctx, input }) => addInformation(ctx, input)),
  changeCategory: handling.input(schemas.categoryInput).mutation(({ ctx, input }) => changeCategory(ctx, input)),
  changeSeverity: handling.input(schemas.severityInput).mutation(({ ctx, input }) => changeSeverity(ctx, input)),
  changePlace: handling.input(schemas.placeInput).mutation(({ ctx, input }) => changePlace(ctx, input)),
  changeTags: handling.input(schemas.tagsInput).mutation(({ ctx, input }) => changeTags(ctx, input)),
  linkIncident: handling.input(schemas.incidentInput).mutation(({ ctx, input }) => linkIncident(ctx, input)),
  findByPhone: staffProcedure('reporters.reveal')
    .input(schemas.phoneSearchInput)
    .use(inTurn)
    .mutation(({ ctx, input }) => findByPhone(ctx, ctx.session.id, input)),
  revealReporter: staffProcedure('reporters.reveal')
    .input(schemas.revealInput)
    .use(inTurn)
    .mutation(({ ctx, input }) => revealReporter(ctx, ctx.session.id, input)),
})
