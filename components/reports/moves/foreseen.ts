import type { ReportView } from '#server/reports/queries/report.ts'
import {
  moveRules,
  type ReportMove,
  type ReportState,
  reportStates,
  type Severity,
} from '#server/reports/rules/lifecycle.ts'
import type { FormValues } from './forms.ts'
import type { ReportActionName } from './move-names.ts'

/** The expected changes of an action, shown before the server confirms them. */
export type Foreseen = Partial<
  Pick<
    ReportView,
    | 'state'
    | 'severity'
    | 'category'
    | 'agency'
    | 'assignee'
    | 'onlyAssignee'
    | 'moves'
    | 'incident'
    | 'tags'
    | 'address'
    | 'point'
    | 'otherArea'
    | 'rejectReason'
  >
>

/** The names behind ids, from the lists that the pickers have loaded. */
export type NameBook = {
  agency: (id: string) => ReportView['agency'] | undefined
  category: (
    code: string,
  ) => Pick<ReportView['category'], 'name' | 'nameEn' | 'parentName' | 'parentNameEn'> | undefined
  incident: (id: string) => { name: string; nameEn: string } | undefined
}

/**
 * The actions whose outcome is known before the server confirms it; for the rest (a merge, a reopening) it alone
 * decides.
 */
const plain = [
  'assign',
  'reject',
  'ask_citizen',
  'accept',
  'return',
  'transfer',
  'assign_person',
  'approve',
  'send_back',
  'change_category',
  'change_severity',
  'change_place',
  'change_tags',
  'link_incident',
] as const satisfies readonly ReportActionName[]
type Plain = (typeof plain)[number]

export const isForeseen = (name: ReportActionName): name is Plain => (plain as readonly string[]).includes(name)

type Way = {
  values: FormValues
  names: Readonly<Record<string, string>>
  myself: { id: string; name: string }
  book: NameBook
}

/** The report as it will be, as far as the input determines it; null where only the server decides. */
export function foreseen(
  name: ReportActionName,
  report: ReportView,
  { values, names, myself, book }: Way,
): Foreseen | null {
  if (!isForeseen(name)) return null
  const state = stateAfter(name, report.state)
  switch (name) {
    case 'assign':
      return {
        ...state,
        ...agencyOf(values, names, book),
        ...categoryOf(values, report, book),
        ...severityOf(values),
        ...incidentOf(values, report, book),
      }
    case 'transfer':
      return { ...state, ...agencyOf(values, names, book), assignee: null }
    case 'return':
      return { ...state, agency: null, assignee: null }
    case 'accept':
      return { ...state, ...(values.assignToMe === true && { assignee: { id: myself.id, name: myself.name } }) }
    case 'assign_person': {
      const id = values.accountId
      const assignee = typeof id === 'string' ? { id, name: names.accountId ?? '' } : null
      return { assignee, ...(id === myself.id && onceTaken(report)) }
    }
    case 'change_category':
      return categoryOf(values, report, book)
    case 'change_severity':
      return severityOf(values)
    case 'change_place':
      return {
        address: String(values.address ?? ''),
        point: (values.point ?? null) as ReportView['point'],
        // Only the server knows in which commune it lies.
        otherArea: null,
      }
    case 'change_tags':
      return { tags: (values.tags ?? []) as string[] }
    case 'link_incident':
      return incidentOf(values, report, book)
    case 'reject':
    case 'ask_citizen':
    case 'approve':
    case 'send_back':
      return state
  }
}

function stateAfter(name: Plain, state: ReportState): { state?: ReportState } {
  const to = name in moveRules ? moveRules[name as ReportMove].to : 'same'
  const next = reportStates.find((each) => each === to)
  return next ? { state: next } : { state }
}

/** What only a colleague could answer is now the user's own. */
const onceTaken = ({ moves }: ReportView): Foreseen => ({
  onlyAssignee: null,
  moves: moves.map((each) => (each.refusalReason === 'not_assignee' ? { ...each, refusalReason: null } : each)),
})

function agencyOf({ agencyId }: FormValues, names: Way['names'], book: NameBook): Foreseen {
  if (typeof agencyId !== 'string' || agencyId === '') return {}
  const name = names.agencyId ?? ''
  return { agency: book.agency(agencyId) ?? { id: agencyId, name, shortName: name } }
}

function categoryOf({ categoryCode: code }: FormValues, report: ReportView, book: NameBook): Foreseen {
  if (typeof code !== 'string' || code === report.category.code) return {}
  const category = book.category(code)
  return category ? { category: { ...report.category, ...category, code } } : {}
}

const severityOf = ({ severity }: FormValues): Foreseen =>
  typeof severity === 'string' && severity !== '' ? { severity: severity as Severity } : {}

function incidentOf({ incidentId: id }: FormValues, report: ReportView, book: NameBook): Foreseen {
  if (id === undefined || id === (report.incident?.id ?? null)) return {}
  if (typeof id !== 'string') return { incident: null }
  const { name, nameEn } = book.incident(id) ?? { name: '', nameEn: '' }
  return { incident: { id, name, nameEn, stormMode: false, reports: 0 } }
}
