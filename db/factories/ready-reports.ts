import { randomUUID } from 'node:crypto'
import type { Connection } from '#db/client.ts'
import { events, reportPhotos, scheduledAnswers } from '#db/schema/index.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import type { ReportAct } from '#server/reports/rules/policy.ts'
import { buildActor, type StaffActor } from './accounts.ts'
import { type BuiltAgency, buildAgency } from './agencies.ts'
import { buildCategory } from './categories.ts'
import { buildIncident } from './incidents.ts'
import { fixed } from './outcomes.ts'
import { buildFile, buildPhoto } from './photos.ts'
import { type BuiltReport, buildReport } from './reports.ts'
import { buildRequest } from './requests.ts'

/** The agency of the report, which has one officer, and the agencies that may also read it. */
type Stand = { agency: BuiltAgency | null; heldBy?: string[]; officer: StaffActor; now: Date }
type Input = Record<string, unknown>
type ReadyReport = { report: BuiltReport; input: Input }
export type ReadyCase = {
  /** The rule that decides who may do it. */
  by: { move: ReportMove } | { act: ReportAct }
  /** Of those, only this role makes it on the report that is built; the others get the refusal reason. */
  reservedFor?: { role: Role; refusalReason: string }
  /** False for changes that conflict with no other and need no version. */
  versioned?: false
  /** A report on which this can be done now, and the input, to which id and version are added. */
  build(db: Connection, stand: Stand): Promise<ReadyReport>
}

const reason = 'Việc này thuộc đơn vị khác'
const answer = { what: 'Đã cắt dọn cây đổ', where: 'Phố Hàng Bài', when: 'Sáng 02/3/2026', ...fixed }

const held = (db: Connection, stand: Stand, wanted: Parameters<typeof buildReport>[1]) =>
  buildReport(db, {
    agencyId: stand.agency?.id ?? null,
    heldBy: stand.heldBy ?? (stand.agency ? [stand.agency.id] : []),
    receivedAt: new Date(stand.now.getTime() - 4 * 3_600_000),
    authorId: stand.officer.id,
    ...wanted,
  })

/** A case whose input needs no further rows. */
const plain = (by: ReadyCase['by'], wanted: Parameters<typeof buildReport>[1], input: Input = {}): ReadyCase => ({
  by,
  build: async (db, stand) => ({ report: await held(db, stand, wanted), input }),
})

const later = ({ now }: Stand) => new Date(now.getTime() + 10_000)

const tomorrow = ({ now }: Stand) => new Date(now.getTime() + 86_400_000)

/** With an answer that its officer has scheduled for tomorrow. */
async function scheduled(db: Connection, stand: Stand): Promise<BuiltReport> {
  const report = await held(db, stand, { state: 'in_progress' })
  const words = { ...answer, next: '', photoIds: [] }
  const at = { scheduledAt: stand.now, sendAt: tomorrow(stand) }
  await db
    .insert(scheduledAnswers)
    .values({ reportId: report.id, move: 'answer', accountId: stand.officer.id, words, ...at })
  return report
}

/** For every mutation of the reports router: a report ready for it, and the input that the form would send. */
export const readyReports: Record<string, ReadyCase> = {
  assign: {
    by: { move: 'assign' },
    build: async (db, stand) => ({
      report: await held(db, { ...stand, agency: null }, { state: 'awaiting_intake' }),
      input: { agencyId: (await buildAgency(db)).id },
    }),
  },
  link: {
    by: { act: 'link_report' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { toReportId: (await held(db, stand, { state: 'in_progress' })).id },
    }),
  },
  unlink: {
    by: { act: 'unlink_report' },
    build: async (db, stand) => {
      const canonical = await held(db, stand, { state: 'in_progress', linkedCount: 1 })
      const report = await held(db, stand, { state: 'in_progress', linkedToId: canonical.id })
      const link = { event: 'report.linked', subjectKind: 'report' as const, actorKind: 'robot' as const }
      await db.insert(events).values({ ...link, reportId: report.id, at: stand.now })
      return { report, input: {} }
    },
  },
  split: {
    by: { act: 'split_report' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { title: 'Đèn đường cũng tắt', categoryCode: (await buildCategory(db)).code },
    }),
  },
  reject: {
    by: { move: 'reject' },
    build: async (db, stand) => ({
      report: await held(db, { ...stand, agency: null }, { state: 'awaiting_intake' }),
      input: { reason: 'out_of_scope', answer: 'Xin gửi đến Ban Tiếp công dân.' },
    }),
  },
  askCitizen: plain({ move: 'ask_citizen' }, { state: 'in_progress' }, { question: 'Cây ở số nhà nào ạ?' }),
  citizenReplied: plain({ move: 'citizen_replied' }, { state: 'awaiting_citizen' }, { reply: 'Trước số 20.' }),
  merge: {
    by: { move: 'merge' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { intoReportId: (await held(db, stand, { state: 'in_progress' })).id },
    }),
  },
  unmerge: plain({ move: 'unmerge' }, { state: 'merged', stateBefore: 'in_progress' }),
  accept: plain({ move: 'accept' }, { state: 'awaiting_acceptance' }),
  return: plain({ move: 'return' }, { state: 'awaiting_acceptance' }, { reason }),
  transfer: {
    by: { move: 'transfer' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { agencyId: (await buildAgency(db)).id, reason },
    }),
  },
  requestTransfer: {
    by: { move: 'request_transfer' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { agencyId: (await buildAgency(db)).id, reason },
    }),
  },
  requestExtension: plain({ move: 'request_extension' }, { state: 'in_progress' }, { minutes: 480, reason }),
  requestPause: {
    by: { move: 'request_pause' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { agencyId: (await buildAgency(db)).id, reason },
    }),
  },
  decideRequest: {
    by: { act: 'decide_request' },
    build: async (db, stand) => {
      const report = await held(db, stand, { state: 'in_progress' })
      const request = await buildRequest(db, report, 'extension', { askedById: stand.officer.id })
      return { report, input: { requestId: request.id, approve: true } }
    },
  },
  resume: {
    by: { move: 'resume' },
    build: async (db, stand) => ({ report: await held(db, stand, { state: 'in_progress', waiting: true }), input: {} }),
  },
  assignPerson: {
    by: { move: 'assign_person' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress', assigneeId: stand.officer.id }),
      input: { accountId: null },
    }),
  },
  submitAnswer: plain({ move: 'submit_answer' }, { state: 'in_progress' }, answer),
  answer: {
    by: { move: 'answer' },
    build: async (db, stand) => {
      const { code } = await buildCategory(db, { needsApproval: false })
      return { report: await held(db, stand, { state: 'in_progress', categoryCode: code }), input: answer }
    },
  },
  requestFollowUp: plain({ move: 'request_follow_up' }, { state: 'answered' }, answer),
  followUp: {
    by: { move: 'follow_up' },
    build: async (db, stand) => {
      const { code } = await buildCategory(db, { needsApproval: false })
      return { report: await held(db, stand, { state: 'closed', categoryCode: code }), input: answer }
    },
  },
  scheduleAnswer: {
    by: { move: 'schedule_answer' },
    build: async (db, stand) => {
      const { code } = await buildCategory(db, { needsApproval: false })
      const report = await held(db, stand, { state: 'in_progress', categoryCode: code })
      return { report, input: { ...answer, sendAt: tomorrow(stand) } }
    },
  },
  scheduleApproval: {
    by: { move: 'schedule_approval' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'awaiting_approval' }),
      input: { sendAt: tomorrow(stand) },
    }),
  },
  rescheduleAnswer: {
    by: { move: 'reschedule_answer' },
    build: async (db, stand) => ({ report: await scheduled(db, stand), input: { sendAt: later(stand) } }),
  },
  unscheduleAnswer: {
    by: { move: 'unschedule_answer' },
    build: async (db, stand) => ({ report: await scheduled(db, stand), input: {} }),
  },
  approve: plain({ move: 'approve' }, { state: 'awaiting_approval' }),
  sendBack: plain({ move: 'send_back' }, { state: 'awaiting_approval' }, { remarks: 'Thiếu ảnh hiện trường' }),
  withdrawAnswer: {
    by: { move: 'withdraw_answer' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'answered', answerStatus: 'queued', answerSendAt: later(stand) }),
      input: {},
    }),
  },
  rate: {
    ...plain({ move: 'rate' }, { state: 'answered' }, { rating: 'satisfied', channel: 'hotline' }),
    reservedFor: { role: 'dispatcher', refusalReason: 'rated_at_intake' },
  },
  reopen: plain({ move: 'reopen' }, { state: 'closed' }, { reason: 'Cây vẫn còn nằm đó' }),
  addNote: {
    by: { act: 'add_note' },
    versioned: false,
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { id: randomUUID(), body: 'Đã gọi công ty cây xanh' },
    }),
  },
  addInformation: plain({ act: 'add_information' }, { state: 'in_progress' }, { body: 'Cây đã chắn cả ngõ.' }),
  changeCategory: {
    by: { act: 'change_category' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { categoryCode: (await buildCategory(db)).code },
    }),
  },
  changeSeverity: plain({ act: 'change_severity' }, { state: 'in_progress' }, { severity: 'urgent' }),
  changePlace: plain({ act: 'change_place' }, { state: 'in_progress' }, { address: '20 Hàng Bài', point: null }),
  changeTags: plain({ act: 'change_tags' }, { state: 'in_progress' }, { tags: ['bão số 3'] }),
  linkIncident: {
    by: { act: 'link_incident' },
    build: async (db, stand) => ({
      report: await held(db, stand, { state: 'in_progress' }),
      input: { incidentId: (await buildIncident(db)).id },
    }),
  },
  revealReporter: {
    ...plain({ act: 'reveal_reporter' }, { state: 'in_progress', reporter: { name: 'Trần Văn Hùng' } }, { reason }),
    versioned: false,
  },
  addPhoto: {
    by: { act: 'add_photo' },
    versioned: false,
    // It is attached already, but not as proof: an account that may add a photo may also mark it as proof.
    build: async (db, stand) => {
      const report = await held(db, stand, { state: 'in_progress' })
      return { report, input: { fileId: await buildPhoto(db, report.id, { kind: 'staff' }), kind: 'proof' } }
    },
  },
  removePhoto: {
    by: { act: 'remove_photo' },
    versioned: false,
    build: async (db, stand) => {
      const report = await held(db, stand, { state: 'in_progress', photoCount: 1 })
      const fileId = await buildFile(db)
      const photo = { reportId: report.id, fileId, kind: 'staff' as const, addedAt: stand.now }
      await db.insert(reportPhotos).values({ ...photo, addedById: stand.officer.id })
      return { report, input: { fileId } }
    },
  },
}

/** The officer who has worked on the built reports. */
export const officerAt = (db: Connection, agency: BuiltAgency): Promise<StaffActor> => buildActor(db, 'officer', agency)
