import { categories } from '#db/schema/index.ts'
import accountWords from '#messages/en/accounts.json' with { type: 'json' }
import bulletinWords from '#messages/en/bulletins.json' with { type: 'json' }
import reportWords from '#messages/en/reports.json' with { type: 'json' }
import vietnameseAccountWords from '#messages/vi/accounts.json' with { type: 'json' }
import vietnameseBulletinWords from '#messages/vi/bulletins.json' with { type: 'json' }
import vietnameseReportWords from '#messages/vi/reports.json' with { type: 'json' }
import { type Actor, type Role, roles } from '#server/accounts/rules/actor.ts'
import { mayUse, type Permission, permissionNames, permissions } from '#server/accounts/rules/permissions.ts'
import { substitutableRoles } from '#server/accounts/rules/substitution.ts'
import {
  type Move as BulletinMoveRule,
  bulletinMoveRules,
  bulletinMoves,
  bulletinStates,
  openBulletinStates,
} from '#server/bulletins/rules/lifecycle.ts'
import { type EscalationStep, escalationSteps } from '#server/notifications/rules/kinds.ts'
import { type NotifiedEvent, recipientsOf } from '#server/notifications/rules/recipients.ts'
import { defaultSettings, type Settings } from '#server/platform/rules/settings.ts'
import { batchMoves, batchStates, mayMoveBatch, nextBatchState } from '#server/reports/rules/answer-batch.ts'
import {
  endedStates,
  handledStates,
  makersOf,
  moveRules,
  openStates,
  type ReportMove,
  type ReportState,
  reportMoves,
  reportStates,
} from '#server/reports/rules/lifecycle.ts'
import { reminderDays } from '#server/reports/rules/outcome.ts'
import { refusalReasonForAct, reportActNames, reportActs } from '#server/reports/rules/policy.ts'
import { waysBack } from '#server/reports/rules/undo.ts'

/** The tables of docs/domain.md that are generated from the code, by their name in the page. */
export const domainTables: Readonly<Record<string, () => string>> = {
  'report states': () =>
    table(
      ['State', 'Vietnamese', 'English', 'Counts as', 'Moves from it'],
      reportStates.map((state) => [
        code(state),
        vietnameseReportWords.states[state],
        reportWords.states[state],
        kindsOf(state).join(', '),
        codes(reportMoves.filter((move) => moveRules[move].from.includes(state))),
      ]),
    ),
  'report moves': () =>
    table(
      ['Move', 'English', 'From', 'To', 'Made by', 'Event'],
      reportMoves.map((move) => [
        code(move),
        reportWords.moves[move],
        isSame(moveRules[move].from, openStates) ? 'any open state' : codes(moveRules[move].from),
        code(moveRules[move].to),
        makersIn(move),
        code(moveRules[move].event),
      ]),
    ),
  'report acts': () =>
    table(
      ['Act', 'Done by', 'In these states'],
      reportActNames.map((act) => [code(act), listed(reportActs[act]), statesOf(act)]),
    ),
  undo: () =>
    table(
      ['What was done', 'Undone by'],
      Object.entries(waysBack).map(([act, back]) => [code(act), code(back)]),
    ),
  'message states': () =>
    table(
      ['State', 'Moves from it'],
      batchStates.map((state) => [
        code(state),
        batchMoves
          .filter((move) => mayMoveBatch(state, move))
          .map((move) => `${code(move)} → ${code(nextBatchState(state, move))}`)
          .join(', ') || '–',
      ]),
    ),
  limits: () =>
    table(
      ['Limit', 'Column', 'Working minutes'],
      Object.entries(limits).map(([limit, { name, default: minutes }]) => [
        limit,
        code(name),
        typeof minutes === 'number' ? `${minutes}` : 'twice those of the normal limit',
      ]),
    ),
  reminders: () =>
    table(
      ['Step', 'When', 'Who is notified where an agency has the report', 'Where none has it'],
      escalationSteps.map((step) => [code(step), reached[step], notified(step, 'agency'), notified(step, null)]),
    ),
  settings: () =>
    table(
      ['Setting', 'Default', 'Meaning'],
      Object.entries(meanings).map(([name, meaning]) => [
        code(name),
        printed(defaultSettings[name as keyof Settings]),
        meaning,
      ]),
    ),
  roles: () =>
    table(
      ['Role', 'Vietnamese', 'English', 'A substitute may act by it'],
      roles.map((role) => [
        code(role),
        vietnameseAccountWords.roles[role],
        accountWords.roles[role],
        yesOrNo((substitutableRoles as readonly Role[]).includes(role)),
      ]),
    ),
  permissions: () =>
    table(
      ['Permission', 'Roles', 'Held'],
      permissionNames.map((name) => [code(name), listed(permissions[name]) || 'every account', placeOf(name)]),
    ),
  'bulletin states': () =>
    table(
      ['State', 'Vietnamese', 'English', 'Needs work'],
      bulletinStates.map((state) => [
        code(state),
        vietnameseBulletinWords.states[state],
        bulletinWords.states[state],
        yesOrNo((openBulletinStates as readonly string[]).includes(state)),
      ]),
    ),
  'bulletin moves': () =>
    table(
      ['Move', 'From', 'To', 'Made by', 'Only of', 'Event'],
      bulletinMoves.map((move) => {
        const { from, to, by, needs, event } = bulletinMoveRules[move]
        return [code(move), codes(from), code(to), listed(by), needs ? publicity[needs] : '', code(event)]
      }),
    ),
}

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const code = (name: string): string => `\`${name}\``
const codes = (names: readonly string[]): string => names.map(code).join(', ')
const listed = (names: readonly string[]): string => names.map((name) => name.replaceAll('_', ' ')).join(', ')
const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no')
const isSame = (some: readonly string[], others: readonly string[]): boolean => some.join() === others.join()

function kindsOf(state: ReportState): string[] {
  const kinds = { open: openStates, handled: handledStates, ended: endedStates }
  return Object.entries(kinds).flatMap(([kind, states]) => ((states as readonly string[]).includes(state) ? kind : []))
}

const limits = {
  intake: categories.intakeMinutes,
  urgent: categories.urgentMinutes,
  normal: categories.normalMinutes,
  complex: categories.complexMinutes,
}

/** Who makes the move; if that depends on the state, for each state. */
function makersIn(move: ReportMove): string {
  const { from, by, byFrom } = moveRules[move]
  if (!byFrom) return listed(by)
  return from.map((state) => `${code(state)}: ${listed(makersOf(move, state))}`).join('; ')
}

/** An actor with every role, but at one agency only. */
const everyRole: Actor = {
  kind: 'staff',
  id: null,
  name: '',
  grants: roles.map((role) => ({ role, agencyId: 'agency', agencyIds: ['agency'], cityWide: false })),
}

function statesOf(act: keyof typeof reportActs): string {
  const states = reportStates.filter(
    (state) => refusalReasonForAct(everyRole, act, { state, agencyId: 'agency' }) === null,
  )
  if (states.length === reportStates.length) return 'all'
  const others = reportStates.filter((state) => !states.includes(state))
  return `all but ${codes(others)}`
}

/** Whether a role at any agency suffices for the permission, or only a city-wide one. */
function placeOf(name: Permission): string {
  return mayUse(everyRole, name) ? 'anywhere' : 'at the city'
}

const publicity: Record<NonNullable<BulletinMoveRule['needs']>, string> = {
  public: 'what is public',
  not_public: 'what never was public',
}

const reached: Record<EscalationStep, string> = {
  due_soon: 'a quarter or less of the target is left',
  overdue: 'the due instant has passed',
  overdue_day: '`headAfterDays` of the category after the due instant',
  overdue_days: '`cityAfterDays` of the category after the due instant',
  forgotten: '`forgottenAfterDays` of the category without work on an assigned report',
  citizen_silent: '`citizenReplyDays` of the city after the question',
  commitment_soon: `${reminderDays} days before the day that an answer has planned, when it begins`,
}

/** The recipients, from the rule itself: for a report with an assignee and for one without. */
function notified(step: EscalationStep, agencyId: string | null): string {
  const [given, open] = [agencyId && 'the assignee', null].map((assigneeId) => {
    const event: NotifiedEvent = {
      event: 'report.escalated',
      actorId: null,
      details: { step },
      report: { agencyId, assigneeId, askedById: 'who asked' },
      onlyAssigneeAnswers: false,
      answerAuthorId: null,
      requestAskerId: null,
      assignerId: null,
    }
    return recipientsOf(event).flatMap(namesOf)
  }) as [string[], string[]]
  const others = open.filter((name) => !given.includes(name))
  return others.length === 0 ? given.join(', ') : `${given.join(', ')}; else ${others.join(', ')}`
}

const namesOf = ({ accounts, roles: held }: ReturnType<typeof recipientsOf>[number]): string[] => [
  ...accounts.flatMap((account) => account ?? []),
  ...held.map(({ role, agencyId }) => `${listed([role])}s of the ${agencyId === null ? 'city' : 'agency'}`),
]

const meanings: Record<keyof Settings, string> = {
  ratingWindowDays: 'days of 24 hours in which the citizen may rate; then the report closes',
  reopenWindowDays: 'days of 24 hours after closing (else after the answer) in which a report may be reopened',
  citizenReplyDays: 'working days without a reply after which who asked is notified',
  undoSeconds:
    'seconds within which a decision can be taken back: an agency sees it, others are notified and an answer is sent after them',
  soleAccountMayApprove: 'whether the only account of an agency may approve its own answers',
  remindRatingDays: 'days after an answer has reached the citizen at which they are reminded to rate, once; 0: never',
  quietFrom: 'from when nobody is woken by a message of the app, an SMS or Zalo',
  quietTo: 'until when',
  quietSparesUrgent: 'whether messages about urgent reports are sent in that time too',
  secondFactorRoles: 'roles whose accounts must show a second factor',
}

function printed(value: Settings[keyof Settings]): string {
  if (Array.isArray(value)) return value.join(', ') || 'none'
  return typeof value === 'boolean' ? yesOrNo(value) : `${value}`
}
