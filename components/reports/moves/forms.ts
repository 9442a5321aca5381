import * as z from 'zod/mini'
import type { FormSchema } from '#components/ui/form-schema.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import { needsAnswer, type RejectReason } from '#server/reports/rules/lifecycle.ts'
import {
  askCitizenInput,
  assignInput,
  assignPersonInput,
  categoryInput,
  changeInput,
  citizenRepliedInput,
  extensionInput,
  incidentInput,
  informationInput,
  mergeInput,
  pauseInput,
  placeInput,
  rateInput,
  rejectInput,
  reopenInput,
  resumeInput,
  returnInput,
  sendBackInput,
  severityInput,
  splitInput,
  tagsInput,
  transferInput,
  unmergeInput,
} from '#server/reports/rules/schemas.ts'
import type { DialogName } from './move-names.ts'

/** The kinds of field; a form names each by its key in the schema. */
export type FieldKind =
  | 'agency'
  | 'category'
  | 'severity'
  | 'incident'
  | 'person'
  | 'report'
  | 'rejectReason'
  | 'rating'
  | 'channel'
  | 'length'
  | 'tags'
  | 'place'
  | 'parts'
  | 'line'
  | 'text'

export type FormValues = Record<string, unknown>

export type FieldOf = {
  key: string
  kind: FieldKind
  /** Key of its label, under `report.dialogs`. */
  label: LabelKey
  hint?: LabelKey
  required?: boolean
  /** Templates to choose from, for text that the citizen reads. */
  templates?: 'reject' | 'ask_citizen'
  /** The field is left out while this returns true. */
  hiddenIf?: (values: FormValues) => boolean
}

export type LabelKey =
  | 'reason'
  | 'agency'
  | 'category'
  | 'severity'
  | 'incident'
  | 'person'
  | 'note'
  | 'question'
  | 'questionHint'
  | 'reply'
  | 'replyHint'
  | 'rejectReason'
  | 'rejectAnswer'
  | 'intoReport'
  | 'intoHint'
  | 'suggestAgency'
  | 'length'
  | 'pauseAgency'
  | 'remarks'
  | 'remarksHint'
  | 'rating'
  | 'ratingChannel'
  | 'ratingWords'
  | 'reopenReason'
  | 'reopenHint'
  | 'tags'
  | 'tagsHint'
  | 'address'
  | 'agencyHint'
  | 'mergeHint'
  | 'unmergeHint'
  | 'approveHint'
  | 'approveAnyway'
  | 'splitHint'
  | 'splitTitle'
  | 'partsAlong'

export type MoveForm = {
  schema: FormSchema
  fields: readonly FieldOf[]
  /** A sentence above the fields. */
  hint?: LabelKey
  tone?: 'danger'
  /** The label of the button, where the name of the move alone would say too little. */
  apply?: LabelKey
  /** A better alternative, offered beside it where it is possible. */
  instead?: DialogName
  initial: (report: ReportView) => FormValues
}

const reason: FieldOf = { key: 'reason', kind: 'text', label: 'reason', required: true }
const agency: FieldOf = { key: 'agencyId', kind: 'agency', label: 'agency', hint: 'agencyHint', required: true }
const partsAlong: FieldOf = { key: 'parts', kind: 'parts', label: 'partsAlong' }
const nothing = () => ({})

/** What the citizen said with the last rating, where that was the worst: most often it says why to reopen. */
function wordsOfDissatisfied({ rating, timeline }: ReportView): string {
  if (rating !== 'dissatisfied') return ''
  return timeline.findLast(({ event }) => event === 'rated')?.words?.text ?? ''
}

export const moveForms: Record<DialogName, MoveForm> = {
  assign: {
    schema: assignInput,
    fields: [
      agency,
      { key: 'categoryCode', kind: 'category', label: 'category' },
      { key: 'severity', kind: 'severity', label: 'severity' },
      { key: 'incidentId', kind: 'incident', label: 'incident' },
      { key: 'note', kind: 'text', label: 'note' },
    ],
    initial: (report) => ({
      agencyId: '',
      categoryCode: report.category.code,
      severity: report.severity,
      incidentId: report.incident?.id ?? null,
      note: '',
    }),
  },
  reject: {
    schema: rejectInput.check(
      z.refine(({ reason, answer }) => !needsAnswer(reason) || answer !== '', {
        path: ['answer'],
        message: 'required',
      }),
    ),
    fields: [
      { key: 'reason', kind: 'rejectReason', label: 'rejectReason', required: true },
      {
        key: 'answer',
        kind: 'text',
        label: 'rejectAnswer',
        required: true,
        templates: 'reject',
        hiddenIf: ({ reason }) => typeof reason === 'string' && reason !== '' && !needsAnswer(reason as RejectReason),
      },
    ],
    tone: 'danger',
    initial: () => ({ reason: '', answer: '' }),
  },
  ask_citizen: {
    schema: askCitizenInput,
    fields: [
      {
        key: 'question',
        kind: 'text',
        label: 'question',
        hint: 'questionHint',
        required: true,
        templates: 'ask_citizen',
      },
    ],
    initial: () => ({ question: '' }),
  },
  citizen_replied: {
    schema: citizenRepliedInput,
    fields: [{ key: 'reply', kind: 'text', label: 'reply', hint: 'replyHint', required: true }],
    initial: () => ({ reply: '' }),
  },
  merge: {
    schema: mergeInput,
    fields: [{ key: 'intoReportId', kind: 'report', label: 'intoReport', hint: 'intoHint', required: true }],
    hint: 'mergeHint',
    initial: () => ({ intoReportId: 0 }),
  },
  unmerge: { schema: unmergeInput, fields: [partsAlong], hint: 'unmergeHint', initial: nothing },
  return: {
    schema: returnInput,
    fields: [reason, { key: 'suggestedAgencyId', kind: 'agency', label: 'suggestAgency' }],
    initial: () => ({ reason: '', suggestedAgencyId: null }),
  },
  transfer: { schema: transferInput, fields: [agency, reason], initial: () => ({ agencyId: '', reason: '' }) },
  request_transfer: { schema: transferInput, fields: [agency, reason], initial: () => ({ agencyId: '', reason: '' }) },
  assign_person: {
    schema: assignPersonInput,
    fields: [{ key: 'accountId', kind: 'person', label: 'person' }],
    initial: (report) => ({ accountId: report.assignee?.id ?? null }),
  },
  request_extension: {
    schema: extensionInput,
    fields: [{ key: 'minutes', kind: 'length', label: 'length', required: true }, reason],
    initial: () => ({ minutes: 480, reason: '' }),
  },
  request_pause: {
    schema: pauseInput,
    fields: [{ ...agency, label: 'pauseAgency' }, reason],
    initial: () => ({ agencyId: '', reason: '' }),
  },
  resume: { schema: resumeInput, fields: [{ ...reason, required: false }], initial: () => ({ reason: '' }) },
  approve: {
    schema: changeInput,
    fields: [],
    hint: 'approveHint',
    apply: 'approveAnyway',
    instead: 'send_back',
    initial: nothing,
  },
  send_back: {
    schema: sendBackInput,
    fields: [{ key: 'remarks', kind: 'text', label: 'remarks', hint: 'remarksHint', required: true }],
    initial: () => ({ remarks: '' }),
  },
  rate: {
    schema: rateInput,
    fields: [
      { key: 'rating', kind: 'rating', label: 'rating', required: true },
      { key: 'channel', kind: 'channel', label: 'ratingChannel', required: true },
      { key: 'words', kind: 'text', label: 'ratingWords' },
    ],
    // How the report came says nothing of how the citizen rated it.
    initial: () => ({ rating: '', channel: '', words: '' }),
  },
  reopen: {
    schema: reopenInput,
    fields: [{ ...reason, label: 'reopenReason', hint: 'reopenHint' }],
    initial: (report) => ({ reason: wordsOfDissatisfied(report) }),
  },
  add_information: {
    schema: informationInput,
    fields: [{ key: 'body', kind: 'text', label: 'reply', hint: 'replyHint', required: true }],
    initial: () => ({ body: '' }),
  },
  change_category: {
    schema: categoryInput,
    fields: [{ key: 'categoryCode', kind: 'category', label: 'category', required: true }],
    initial: (report) => ({ categoryCode: report.category.code }),
  },
  change_severity: {
    schema: severityInput,
    fields: [
      { key: 'severity', kind: 'severity', label: 'severity', required: true },
      { ...reason, required: false },
    ],
    initial: (report) => ({ severity: report.severity, reason: '' }),
  },
  change_place: {
    schema: placeInput,
    fields: [{ key: 'address', kind: 'place', label: 'address' }],
    initial: (report) => ({ address: report.address, point: report.point, areaId: null }),
  },
  change_tags: {
    schema: tagsInput,
    fields: [{ key: 'tags', kind: 'tags', label: 'tags', hint: 'tagsHint' }],
    initial: (report) => ({ tags: report.tags }),
  },
  link_incident: {
    schema: incidentInput,
    fields: [{ key: 'incidentId', kind: 'incident', label: 'incident' }],
    initial: (report) => ({ incidentId: report.incident?.id ?? report.suggested[0]?.id ?? null }),
  },
  split_report: {
    schema: splitInput,
    fields: [
      { key: 'title', kind: 'line', label: 'splitTitle', required: true },
      { key: 'categoryCode', kind: 'category', label: 'category', required: true },
      partsAlong,
    ],
    hint: 'splitHint',
    initial: (report) => ({ title: '', categoryCode: report.category.code }),
  },
}
