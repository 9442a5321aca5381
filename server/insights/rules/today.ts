import type { Actor } from '#server/accounts/rules/actor.ts'
import type { CapSeverity } from '#server/bulletins/rules/alert.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { Figure, KpiFigure, LocalName, NamedAgency, Verdict } from './board.ts'
import { testShares } from './chance.ts'
import { definitions, type KpiId } from './definitions.ts'
import { shareFigure, sideOf } from './figures.ts'
import { verdictsOn } from './verdict.ts'

/** What may go wrong today, by the harm that one case of it does. Ours: the weights are no law. */
const harmOfOne = {
  urgent_overdue: 100,
  urgent_today: 40,
  alert: 60,
  surge: 30,
  commitments_broken: 25,
  out_of_bounds: 20,
  commitments_today: 12,
  overdue: 5,
  due_today: 3,
} as const
export type RiskKind = keyof typeof harmOfOne

/** So many are shown at first; the rest on request. An alert in force is always shown. */
const firstRisks = 5

type Topic = LocalName & { count: number }

/** Who has to act, and how much of the risk is theirs. */
export type RiskOwner = NamedAgency & {
  count: number
  /** Opens exactly these. */
  href: string
  mayAct: boolean
  /** The last time today that someone reminded them of it, and asked them to explain it. */
  reminded: LastAct | null
  asked: LastAct | null
}

/** `isOwn`: the reader has done it today too, and cannot do it again. */
export type LastAct = { at: Date; by: string; isOwn: boolean }

/** What came in, and where: null where that is unknown. */
type SurgePlace = { category: string; area: number | null }

type RiskFacts =
  | { kind: 'urgent_overdue'; topics: Topic[]; since: Date }
  | { kind: 'urgent_today'; topics: Topic[] }
  /** In the last day, of one kind in one commune; `usual`: in the same hours of that weekday (`jumps.ts`). */
  | { kind: 'surge'; topic: LocalName; area: string | null; usual: number; place: SurgePlace }
  | { kind: 'alert'; headline: string; until: Date; severity: CapSeverity }
  | { kind: 'commitments_broken' | 'commitments_today' | 'due_today' }
  /** Not urgent. */
  | { kind: 'overdue'; since: Date }
  /** Worse than its own week before, beyond chance. */
  | { kind: 'out_of_bounds'; now: Figure; before: Figure }

export type Risk = RiskFacts & {
  /** The same all day: a kind, and where. */
  id: string
  /** How many reports (or promises) its link opens; of an alert one. */
  count: number
  /** Those with most of it first. Empty: no agency has it yet. */
  owners: RiskOwner[]
  /** Opens exactly what is counted. */
  href: string
}

/** The harm grows with the root of the number: the hundredth case of a kind adds less than the first. */
export const harmOf = ({ kind, count }: Pick<Risk, 'kind' | 'count'>): number => harmOfOne[kind] * Math.sqrt(count)

/** The most harmful first. Names decide nothing: the same risks stand in the same order. */
export const ranked = (risks: readonly Risk[]): Risk[] =>
  risks
    .filter(({ count }) => count > 0)
    .sort((a, b) => harmOf(b) - harmOf(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

export type RankedRisk = { risk: Risk; rank: number }

/** What is shown at first and what only on request, each with its place among all. */
export function foldedRisks(risks: readonly Risk[]): { shown: RankedRisk[]; folded: RankedRisk[] } {
  const all = risks.map((risk, place) => ({ risk, rank: place + 1 }))
  const isShown = ({ risk, rank }: RankedRisk) => rank <= firstRisks || risk.kind === 'alert'
  return { shown: all.filter(isShown), folded: all.filter((one) => !isShown(one)) }
}

/** How many of each topic, the most first; no more are named. */
export function topicsOf(counts: readonly Topic[]): Topic[] {
  return [...counts].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, 2)
}

/** The agencies that have some, those with most first. */
export function ownersOf(
  counts: readonly { agency: string | null; count: number }[],
  agencies: ReadonlyMap<string, NamedAgency>,
): (NamedAgency & { count: number })[] {
  const sums = new Map<string, number>()
  for (const { agency, count } of counts) if (agency !== null) sums.set(agency, (sums.get(agency) ?? 0) + count)
  return [...sums]
    .filter(([, count]) => count > 0)
    .sort(([a, ofA], [b, ofB]) => ofB - ofA || (a < b ? -1 : 1))
    .flatMap(([id, count]) => {
      const agency = agencies.get(id)
      return agency ? [{ ...agency, count }] : []
    })
}

/** What the one sentence says: urgent work that is overdue, and beside it the gravest risk of another kind. */
export type Headline = {
  urgent: { count: number; href: string } | null
  /** Who has more than half of it; without a name: no agency has it yet. Null: nobody has. */
  most: { name: string | null; count: number } | null
  next: Risk | null
}

export function headlineOf(risks: readonly Risk[], all: { count: number; href: string }): Headline {
  const most = risks.find(({ kind, count }) => kind === 'urgent_overdue' && 2 * count > all.count)
  return {
    urgent: all.count > 0 ? all : null,
    most: most ? { name: most.owners[0]?.shortName ?? null, count: most.count } : null,
    next: risks.find(({ kind }) => kind !== 'urgent_overdue') ?? null,
  }
}

/** The figures whose change is told, in reading order. */
export const toldKpis = [
  'on_time',
  'received',
  'backlog',
  'answered_in_3_days',
  'closed_in_5_days',
  'satisfaction',
  'intake_on_time',
  'commitments_kept',
] as const satisfies readonly KpiId[]
export type ToldKpi = (typeof toldKpis)[number]

/** The five figures of the page, after the share on time. */
export const todayKpis = [
  'received',
  'backlog',
  'answered_in_3_days',
  'closed_in_5_days',
  'satisfaction',
] as const satisfies readonly KpiId[]

const mostChanges = 3

/** The promises that fell due at an agency; null: at none. */
export type AgencyWeek = { agency: string | null; now: Figure; before: Figure; verdict: Verdict | null }

type FellDue = { key: string | null; promises_due: number; promises_kept: number }

/** The share on time of each agency against its week before, judged as the parts of an explanation are. */
export function judgedWeeks(now: readonly FellDue[], before: readonly FellDue[]): AgencyWeek[] {
  const keptOf = (rows: readonly FellDue[]) => new Map(rows.map((row) => [row.key, row]))
  const sides = [keptOf(now), keptOf(before)] as const
  const weeks = [...new Set([...now, ...before].map(({ key }) => key))].map((agency) => {
    const [ofNow, ofBefore] = sides.map((side) => {
      const row = side.get(agency)
      return shareFigure(row?.promises_kept ?? 0, row?.promises_due ?? 0)
    }) as [Figure, Figure]
    return { agency, now: ofNow, before: ofBefore }
  })
  const verdicts = verdictsOn(
    weeks.map((week) => ({
      tested: testShares(sideOf(week.now), sideOf(week.before)),
      change: week.now.value === null || week.before.value === null ? null : week.now.value - week.before.value,
      good: definitions.on_time.good,
    })),
  )
  return weeks.map((week, place) => ({ ...week, verdict: verdicts[place] ?? null }))
}

export type ToldChange = {
  kpi: ToldKpi
  /** Null: of the whole scope. */
  agency: NamedAgency | null
  now: Figure
  before: Figure
  verdict: Exclude<Verdict, 'unclear'>
}

type Changes = {
  told: ToldChange[]
  /** How many changes were tested at all, and how many of them chance may explain. */
  weighed: number
  unclear: number
}

const order: Record<ToldChange['verdict'], number> = { worse: 0, differs: 1, better: 2 }

/**
 * Up to three changes beyond chance, the bad ones first. Agencies that got worse stand among the risks and are not
 * told twice.
 */
export function changesOf(
  kpis: Record<ToldKpi, KpiFigure>,
  weeks: readonly AgencyWeek[],
  agencies: ReadonlyMap<string, NamedAgency>,
): Changes {
  const tested = toldKpis.map((id) => kpis[id]).filter(({ verdict }) => verdict !== null)
  const judged = weeks.filter(({ verdict }) => verdict !== null)
  const ofScope = tested.flatMap((kpi) => toldOf(kpi.id as ToldKpi, null, kpi, kpi.previous, kpi.verdict))
  const ofAgencies = judged.flatMap(({ agency: id, now, before, verdict }) => {
    const agency = id === null ? undefined : agencies.get(id)
    return agency && verdict === 'better' ? toldOf('on_time', agency, now, before, verdict) : []
  })
  const all = [...tested, ...judged]
  return {
    told: [...ofScope, ...ofAgencies].sort((a, b) => order[a.verdict] - order[b.verdict]).slice(0, mostChanges),
    weighed: all.length,
    unclear: all.filter(({ verdict }) => verdict === 'unclear').length,
  }
}

function toldOf(
  kpi: ToldKpi,
  agency: ToldChange['agency'],
  now: Figure,
  before: Figure | null,
  verdict: Verdict | null,
): ToldChange[] {
  if (!before || verdict === null || verdict === 'unclear') return []
  return [{ kpi, agency, now: figureOf(now), before: figureOf(before), verdict }]
}

const figureOf = ({ value, numerator, denominator, n }: Figure): Figure => ({ value, numerator, denominator, n })

const leadingGrants = ({ grants }: Actor) => grants.filter(({ role }) => role === 'manager' || role === 'approver')

/** The agencies whose work an account leads, each with those below it; null: the whole city. */
export function ledAgencies(actor: Actor): string[] | null {
  const leading = leadingGrants(actor)
  return leading.some(({ cityWide }) => cityWide) ? null : [...new Set(leading.map(({ agencyId }) => agencyId))]
}

/** Of which agency an account reads; null: of the whole city. */
export function agencyOfToday(actor: Actor, asked: string | null): string | null {
  if (asked === null) return ledAgencies(actor)?.[0] ?? null
  const isLed = leadingGrants(actor).some(({ cityWide, agencyIds }) => cityWide || agencyIds.includes(asked))
  if (!isLed) throw new DomainError('not_found', { subject: 'agency', id: asked })
  return asked
}

/** The page of this agency, with those below it; null: the first. */
export const todayAddress = (agency: string | null): string =>
  agency === null ? '/today' : `/today?${new URLSearchParams({ agency })}`
