import type { CommandId } from '#components/keyboard/commands.ts'
import { type RowCommand, rowChoice } from '#components/reports/moves/row-choice.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { ReportMove } from '#server/reports/rules/lifecycle.ts'
import type { ReportAct } from '#server/reports/rules/policy.ts'
import type { ChoiceKind } from './entries.ts'

type Subject = Pick<ReportView, 'moves' | 'acts' | 'endedActs' | 'assignee' | 'findings'>

/** The moves or acts of which one must be possible, for commands that are not row commands. */
const needed: Readonly<Partial<Record<CommandId, readonly (ReportMove | ReportAct)[]>>> = {
  'triage.assign': ['assign'],
  'triage.assignElse': ['assign'],
  'triage.merge': ['merge'],
  'triage.reject': ['reject'],
  'triage.ask': ['ask_citizen'],
  'triage.severity': ['change_severity'],
  'triage.category': ['change_category'],
  'report.answer': ['submit_answer', 'answer', 'request_follow_up', 'follow_up'],
  'report.note': ['add_note'],
  'report.close': ['rate'],
  'report.reopen': ['reopen'],
}

const freeRowCommands: readonly CommandId[] = ['row.move', 'row.deadline', 'row.watch', 'row.putOff']

/**
 * Whether the user may do this with the report in its present state. Commands that change nothing are open to everyone.
 */
export function mayRun(id: CommandId, report: Subject, myself: { id: string; name: string }): boolean {
  if (id.startsWith('row.') && !freeRowCommands.includes(id))
    return !('refuse' in rowChoice(id as RowCommand, report, myself))
  const names = needed[id]
  if (!names) return true
  const canMove = report.moves.some(({ move, refusalReason }) => refusalReason === null && names.includes(move))
  return canMove || report.acts.some((act) => names.includes(act))
}

/** What the palette lets the user choose before the command runs, and whether that is all it needs. */
export function choiceFor(id: CommandId, report: Subject, myself: { id: string; name: string }): Choice | null {
  if (id === 'triage.assignElse') return { kind: 'agency', isWhole: true }
  if (id === 'triage.category') return { kind: 'category', isWhole: false }
  if (id === 'row.category') return { kind: 'category', isWhole: true }
  if (id === 'row.incident') return { kind: 'incident', isWhole: true }
  if (id === 'row.transfer') return { kind: 'agency', isWhole: false }
  if (id !== 'row.assign') return null
  const choice = rowChoice(id, report, myself)
  if (!('open' in choice)) return null
  return choice.open === 'assign' ? { kind: 'agency', isWhole: true } : { kind: 'person', isWhole: true }
}

export type Choice = { kind: ChoiceKind; isWhole: boolean }

/** The field that the choice fills. */
export const fieldOf: Record<ChoiceKind, string> = {
  agency: 'agencyId',
  person: 'accountId',
  category: 'categoryCode',
  incident: 'incidentId',
}
