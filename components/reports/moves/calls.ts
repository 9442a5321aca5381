import type { TRPCClient } from '@trpc/client'
import type { AppRouter } from '#server/trpc/root.ts'
import type { ReportActionName } from './move-names.ts'

type Client = TRPCClient<AppRouter>
type Reports = Client['reports']

/** The input that an action sends to the server, validated by the dialog with the procedure's own schema. */
export type ReportActionInput = Record<string, unknown> & { reportId: number; version: number }
export type Moved = Awaited<ReturnType<Reports['accept']['mutate']>>

type Call = (reports: Reports, input: never) => Promise<Moved>

/** The procedure behind each action. */
const calls: Record<ReportActionName, Call> = {
  assign: (reports, input) => reports.assign.mutate(input),
  reject: (reports, input) => reports.reject.mutate(input),
  ask_citizen: (reports, input) => reports.askCitizen.mutate(input),
  citizen_replied: (reports, input) => reports.citizenReplied.mutate(input),
  merge: (reports, input) => reports.merge.mutate(input),
  unmerge: (reports, input) => reports.unmerge.mutate(input),
  accept: (reports, input) => reports.accept.mutate(input),
  return: (reports, input) => reports.return.mutate(input),
  transfer: (reports, input) => reports.transfer.mutate(input),
  request_transfer: (reports, input) => reports.requestTransfer.mutate(input),
  assign_person: (reports, input) => reports.assignPerson.mutate(input),
  request_extension: (reports, input) => reports.requestExtension.mutate(input),
  request_pause: (reports, input) => reports.requestPause.mutate(input),
  resume: (reports, input) => reports.resume.mutate(input),
  approve: (reports, input) => reports.approve.mutate(input),
  send_back: (reports, input) => reports.sendBack.mutate(input),
  withdraw_answer: (reports, input) => reports.withdrawAnswer.mutate(input),
  rate: (reports, input) => reports.rate.mutate(input),
  reopen: (reports, input) => reports.reopen.mutate(input),
  add_information: (reports, input) => reports.addInformation.mutate(input),
  change_category: (reports, input) => reports.changeCategory.mutate(input),
  change_severity: (reports, input) => reports.changeSeverity.mutate(input),
  change_place: (reports, input) => reports.changePlace.mutate(input),
  change_tags: (reports, input) => reports.changeTags.mutate(input),
  link_incident: (reports, input) => reports.linkIncident.mutate(input),
  split_report: (reports, input) => reports.split.mutate(input),
}

export function callReportAction(client: Client, name: ReportActionName, input: ReportActionInput): Promise<Moved> {
  return calls[name](client.reports, input as never)
}
