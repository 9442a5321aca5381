import type { Role } from '#server/accounts/rules/actor.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { DomainError } from '#server/platform/errors.ts'

export const reportStates = [
  'awaiting_intake',
  'awaiting_acceptance',
  'in_progress',
  'awaiting_citizen',
  'awaiting_approval',
  'answered',
  'closed',
  'rejected',
  'merged',
] as const
export type ReportState = (typeof reportStates)[number]

/** Open in docs/domain.md: the citizen still waits for an answer. */
export const openStates = [
  'awaiting_intake',
  'awaiting_acceptance',
  'in_progress',
  'awaiting_citizen',
  'awaiting_approval',
] as const satisfies readonly ReportState[]

/** An agency has it, to accept or to work on. */
export const workedStates = ['awaiting_acceptance', 'in_progress'] as const satisfies readonly ReportState[]

/** Open, and past the intake by dispatchers: the workload of an agency. */
export const heldStates = openStates.filter((state) => state !== 'awaiting_intake')

export const isOpen = (state: ReportState): boolean => (openStates as readonly ReportState[]).includes(state)

/** Nothing is done any more, and no rating is awaited: only reopening or undo leads out again. */
export const endedStates = ['closed', 'rejected', 'merged'] as const satisfies readonly ReportState[]

export const hasEnded = (state: ReportState): boolean => (endedStates as readonly ReportState[]).includes(state)

/** The states that count as handled (docs/numbers.md). */
export const handledStates = ['answered', 'closed'] as const satisfies readonly ReportState[]

/**
 * Where a move leads. `same` keeps the state, `before` returns to the state in which the report was put aside,
 * `last_agency` is in_progress at the agency that answered, or awaiting_intake where that agency has ended.
 */
export type MoveTarget = ReportState | 'same' | 'before' | 'last_agency'
/**
 * `robot` is the system itself, `decider` the account that made the last decision on the report, whatever agency has it
 * now, `reporter` the citizen who sent it; all others are roles held over the agency of the report.
 */
export type MoveMaker = Role | 'robot' | 'decider' | 'reporter'
export type Move = {
  from: readonly ReportState[]
  to: MoveTarget
  by: readonly MoveMaker[]
  /** Where a state narrows who may make the move. */
  byFrom?: Partial<Record<ReportState, readonly MoveMaker[]>>
  event: EventName
}

const agencyStaff = ['officer', 'approver'] as const
const anyHandler = ['dispatcher', 'officer', 'approver'] as const
/** Moves that citizens make themselves or staff record for them. */
const citizenOrStaff = [...anyHandler, 'reporter'] as const

const moves = {
  assign: { from: ['awaiting_intake'], to: 'awaiting_acceptance', by: ['dispatcher'], event: 'report.assigned' },
  reject: { from: ['awaiting_intake'], to: 'rejected', by: ['dispatcher'], event: 'report.rejected' },
  ask_citizen: {
    from: ['awaiting_intake', 'in_progress'],
    to: 'awaiting_citizen',
    by: anyHandler,
    byFrom: { awaiting_intake: ['dispatcher'], in_progress: agencyStaff },
    event: 'report.citizen_asked',
  },
  citizen_replied: { from: ['awaiting_citizen'], to: 'before', by: citizenOrStaff, event: 'report.citizen_replied' },
  merge: { from: openStates, to: 'merged', by: ['dispatcher'], event: 'report.merged' },
  unmerge: { from: ['merged'], to: 'before', by: ['dispatcher'], event: 'report.unmerged' },
  accept: { from: ['awaiting_acceptance'], to: 'in_progress', by: agencyStaff, event: 'report.accepted' },
  return: { from: workedStates, to: 'awaiting_intake', by: agencyStaff, event: 'report.returned' },
  transfer: {
    from: workedStates,
    to: 'awaiting_acceptance',
    by: ['dispatcher', 'approver'],
    event: 'report.transferred',
  },
  request_transfer: { from: workedStates, to: 'same', by: ['officer'], event: 'report.transfer_requested' },
  assign_person: { from: ['in_progress'], to: 'same', by: agencyStaff, event: 'report.person_assigned' },
  request_extension: { from: ['in_progress'], to: 'same', by: agencyStaff, event: 'report.extension_requested' },
  request_pause: { from: ['in_progress'], to: 'same', by: agencyStaff, event: 'report.pause_requested' },
  resume: { from: ['in_progress'], to: 'same', by: agencyStaff, event: 'report.resumed' },
  submit_answer: { from: ['in_progress'], to: 'awaiting_approval', by: agencyStaff, event: 'report.answer_submitted' },
  schedule_answer: { from: ['in_progress'], to: 'same', by: agencyStaff, event: 'report.answer_scheduled' },
  schedule_approval: { from: ['awaiting_approval'], to: 'same', by: ['approver'], event: 'report.approval_scheduled' },
  reschedule_answer: {
    from: ['in_progress', 'awaiting_approval'],
    to: 'same',
    by: agencyStaff,
    byFrom: { awaiting_approval: ['approver'] },
    event: 'report.answer_rescheduled',
  },
  unschedule_answer: {
    from: ['in_progress', 'awaiting_approval'],
    to: 'same',
    by: agencyStaff,
    byFrom: { awaiting_approval: ['approver'] },
    event: 'report.answer_unscheduled',
  },
  answer: { from: ['in_progress'], to: 'answered', by: agencyStaff, event: 'report.answered' },
  approve: { from: ['awaiting_approval'], to: 'answered', by: ['approver'], event: 'report.answer_approved' },
  send_back: { from: ['awaiting_approval'], to: 'in_progress', by: ['approver'], event: 'report.answer_sent_back' },
  withdraw_answer: { from: ['answered', 'rejected'], to: 'before', by: anyHandler, event: 'report.answer_withdrawn' },
  rate: { from: ['answered', 'closed'], to: 'closed', by: citizenOrStaff, event: 'report.rated' },
  follow_up: { from: ['answered', 'closed'], to: 'same', by: agencyStaff, event: 'report.followed_up' },
  request_follow_up: { from: ['answered', 'closed'], to: 'same', by: agencyStaff, event: 'report.follow_up_requested' },
  close: { from: ['answered'], to: 'closed', by: ['robot'], event: 'report.closed' },
  reopen: { from: ['answered', 'closed'], to: 'last_agency', by: citizenOrStaff, event: 'report.reopened' },
  take_back: { from: [...openStates, 'answered', 'closed'], to: 'before', by: ['decider'], event: 'report.taken_back' },
} as const satisfies Record<string, Move>

export type ReportMove = keyof typeof moves
export const reportMoves = Object.keys(moves) as ReportMove[]
export const moveRules: Record<ReportMove, Move> = moves

/** Who may make a move from a state. */
export function makersOf(move: ReportMove, state: ReportState): readonly MoveMaker[] {
  const rule = moveRules[move]
  return rule.byFrom?.[state] ?? rule.by
}

export type MoveCircumstances = { stateBefore?: ReportState | null; lastAgencyEnded?: boolean }

/** The state a move leads to. Throws `invalid_move` where the state does not allow it. */
export function nextState(state: ReportState, move: ReportMove, circumstances: MoveCircumstances = {}): ReportState {
  const { from, to } = moveRules[move]
  if (!from.includes(state)) throw new DomainError('invalid_move', { state, move })
  if (to === 'same') return state
  if (to === 'last_agency') return circumstances.lastAgencyEnded ? 'awaiting_intake' : 'in_progress'
  if (to === 'before') {
    if (!circumstances.stateBefore) throw new DomainError('invalid_move', { state, move })
    return circumstances.stateBefore
  }
  return to
}

export { type Severity, severities } from '#server/categories/rules/severity.ts'

export const channels = ['app', 'hotline', 'web', 'email', 'walk_in', 'open311', 'import'] as const
export type Channel = (typeof channels)[number]
/** The channels for which staff enter a report on a citizen's behalf. */
export const staffChannels = ['hotline', 'walk_in', 'email'] as const satisfies readonly Channel[]

export const rejectReasons = [
  'out_of_scope',
  'complaint_or_denunciation',
  'state_secret',
  'not_own_picture',
  'insufficient',
  'spam',
  'test',
] as const
export type RejectReason = (typeof rejectReasons)[number]
/** Only spam and tests need no answer, and only they are left out of the figures (docs/domain.md, figures). */
export const silentRejectReasons = ['spam', 'test'] as const satisfies readonly RejectReason[]
export const needsAnswer = (reason: RejectReason): boolean =>
  !(silentRejectReasons as readonly string[]).includes(reason)

export const ratings = ['satisfied', 'acceptable', 'dissatisfied'] as const
export type Rating = (typeof ratings)[number]

export const requestKinds = ['extension', 'transfer', 'pause', 'follow_up'] as const
export type RequestKind = (typeof requestKinds)[number]

/** From the third return on a report is also in the dispatchers' referee view [ours]. */
export const refereeReturns = 3
