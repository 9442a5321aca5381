import { emptyOf, type Filters, type FilterValues } from '#server/platform/rules/filters/filters.ts'
import { anyText, code, number, slug, uuid } from '#server/platform/rules/filters/ids.ts'
import { choice, dayRange, id, ids, tags, text, yesNo } from '#server/platform/rules/filters/kinds.ts'
import type { FilterWords } from '#server/platform/rules/filters/words.ts'
import { channels, openStates, reportStates, severities } from './lifecycle.ts'

export const deadlineKinds = ['overdue', 'soon', 'in_time', 'paused'] as const
export type DeadlineKind = (typeof deadlineKinds)[number]

/** `status:` is used for states and for deadlines alike. */
const status = ['state', 'status', 'trangthai', 'tt']

/**
 * The filters of every list of reports: queue, map, triage, saved views, exports and drill-downs. Saved views and links
 * contain parameters and values: add to them, never rename one. Typed keys are folded; `nhãn` and `nhận` fold alike, so
 * the day of receipt is typed as `ngày`.
 */
export const queueFilters = {
  words: text('q'),
  states: choice('state', reportStates, {
    typed: status,
    spelled: {
      open: openStates,
      dangmo: openStates,
      chotiepnhan: 'awaiting_intake',
      choxuly: 'awaiting_acceptance',
      dangxuly: 'in_progress',
      chobosung: 'awaiting_citizen',
      chopheduyet: 'awaiting_approval',
      daxuly: 'answered',
      dadong: 'closed',
      tuchoi: 'rejected',
      dagop: 'merged',
    },
  }),
  severities: choice('severity', severities, {
    typed: ['severity', 'mucdo'],
    spelled: { khan: 'urgent', binhthuong: 'normal', phuctap: 'complex' },
  }),
  /** A group means everything below it. */
  categories: ids('category', code, { of: 'categories', typed: ['category', 'cat', 'linhvuc'] }),
  areas: ids('area', number, { of: 'areas', typed: ['area', 'diaban', 'phuong', 'xa'] }),
  /** Each with the agencies below it. */
  agencies: ids('agency', slug, { of: 'agencies', typed: ['agency', 'donvi'] }),
  /** Agencies that follow a report besides its holder: those that coordinate, and those that held it before. */
  partners: ids('partner', slug, { of: 'agencies', typed: ['partner', 'cungtheodoi', 'phoihop'] }),
  assignee: id('assignee', uuid, {
    of: 'colleagues',
    words: ['me', 'none'],
    typed: ['assignee', 'canbo', 'nguoixuly'],
    spelled: { toi: 'me', khong: 'none', chua: 'none' },
  }),
  channels: choice('channel', channels, {
    typed: ['channel', 'kenh'],
    spelled: { dienthoai: 'hotline', tructiep: 'walk_in', thu: 'email' },
  }),
  incident: id('incident', uuid, { of: 'incidents', typed: ['incident', 'sukien'] }),
  tags: tags('tag', { typed: ['tag', 'nhan'] }),
  deadlines: choice('deadline', deadlineKinds, {
    typed: status,
    spelled: { quahan: 'overdue', sapquahan: 'soon', conhan: 'in_time', tamdung: 'paused' },
  }),
  received: dayRange('received', { typed: ['received', 'ngay', 'tiepnhan'] }),
  due: dayRange('due', { typed: ['due', 'han', 'thoihan'] }),
  /** The day to which the latest answer commits the agency. */
  planned: dayRange('planned', { typed: ['planned', 'hen', 'henngay'] }),
  photo: yesNo('photo', { typed: ['has', 'co'], spelled: ['photo', 'photos', 'anh', 'hinh'] }),
  /** A data point of the insights, in the form of its own address: exactly the reports it counts. */
  mark: id('mark', anyText(600), { of: 'figures' }),
} as const satisfies Filters

export type QueueFilters = FilterValues<typeof queueFilters>
export const noFilters: QueueFilters = emptyOf(queueFilters)

const key = (name: string) => `reports.queue.filters.${name}`

export const queueFilterWords = {
  words: { label: key('words'), isChipOnly: true },
  states: { label: key('state'), of: 'reports.states', together: { values: openStates, word: key('open') } },
  deadlines: { label: key('deadline'), of: key('deadlines') },
  severities: { label: key('severity'), of: 'reports.severities' },
  categories: { label: key('category') },
  areas: { label: key('area') },
  agencies: { label: key('agency'), hint: key('agencyHint') },
  partners: { label: key('partner'), hint: key('partnerHint') },
  assignee: { label: key('assignee'), words: { me: key('me'), none: key('none') } },
  incident: { label: key('incident') },
  tags: { label: key('tags'), hint: key('tagsHint') },
  received: { label: key('received') },
  due: { label: key('due') },
  planned: { label: key('planned') },
  channels: { label: key('channel'), of: 'reports.channels' },
  photo: { label: key('photo'), yes: key('withPhoto'), no: key('withoutPhoto') },
  mark: null, // Shown above the list with everything it was counted by.
} as const satisfies FilterWords<typeof queueFilters>
