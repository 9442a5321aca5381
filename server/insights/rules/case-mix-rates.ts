/** Promises that fell due, and those missed of them. */
export type Promises = { due: number; missed: number }

/** The promises of an agency of one kind: what it is about, how urgent, how long it may take, when it came in. */
export type Cell = Promises & { agency: string; stratum: string; group: string }

/** What others missed of a kind: the share, and the variance of its estimate. */
export type UsualRate = { rate: number; error: number }

/** Others must have had so many promises of a kind to say what is usual. */
const leastOthers = 20
/** The rate of a kind is drawn towards that of its group of categories by the weight of at most so many promises. */
const mostGroupWeight = 20

const keyOf = (agency: string, name: string): string => `${agency}\n${name}`
/** Kinds and groups are added up under different names. */
const kindName = (stratum: string): string => `kind ${stratum}`
const none: Promises = { due: 0, missed: 0 }

function addTo(sums: Map<string, Promises>, key: string, { due, missed }: Promises): void {
  const sum = sums.get(key) ?? none
  sums.set(key, { due: sum.due + due, missed: sum.missed + missed })
}

const without = (all: Promises | undefined, own: Promises | undefined): Promises => ({
  due: (all?.due ?? 0) - (own?.due ?? 0),
  missed: (all?.missed ?? 0) - (own?.missed ?? 0),
})

/**
 * By how many promises a kind is drawn towards its group: the fewer, the more the kinds of the group differ from each
 * other (a beta-binomial distribution; its correlation by the moment estimate).
 */
export function groupWeightOf(kinds: readonly Promises[]): number {
  const due = kinds.reduce((sum, kind) => sum + kind.due, 0)
  const share = kinds.reduce((sum, kind) => sum + kind.missed, 0) / due
  const chance = share * (1 - share)
  if (kinds.length < 2 || chance === 0) return mostGroupWeight
  const scatter = kinds.reduce((sum, kind) => sum + kind.due * (kind.missed / kind.due - share) ** 2, 0) / chance
  const free = due - kinds.reduce((sum, kind) => sum + kind.due ** 2, 0) / due
  const correlation = (scatter - (kinds.length - 1)) / (free - (kinds.length - 1))
  if (!(correlation > 0)) return mostGroupWeight
  return Math.min(mostGroupWeight, 1 / Math.min(1, correlation) - 1)
}

/** What is usual of each kind for an agency, by what others had in these cells; null: others had too few of it. */
export function usualRates(cells: readonly Cell[]): (cell: Cell) => UsualRate | null {
  const sums = new Map<string, Promises>()
  const kinds = new Map<string, Set<string>>()
  for (const cell of cells) {
    for (const name of [kindName(cell.stratum), cell.group]) {
      addTo(sums, keyOf('', name), cell)
      addTo(sums, keyOf(cell.agency, name), cell)
    }
    kinds.set(cell.group, (kinds.get(cell.group) ?? new Set()).add(cell.stratum))
  }
  const othersOf = (agency: string, name: string) => without(sums.get(keyOf('', name)), sums.get(keyOf(agency, name)))
  const weights = new Map<string, number>()
  const weightOf = (agency: string, group: string): number => {
    const key = keyOf(agency, group)
    const others = () =>
      [...(kinds.get(group) ?? [])].map((kind) => othersOf(agency, kindName(kind))).filter(({ due }) => due > 0)
    const weight = weights.get(key) ?? groupWeightOf(others())
    weights.set(key, weight)
    return weight
  }
  return ({ agency, stratum, group }) => {
    const others = othersOf(agency, kindName(stratum))
    if (others.due < leastOthers) return null
    const ofGroup = othersOf(agency, group)
    const weight = weightOf(agency, group)
    const all = others.due + weight
    const rate = (others.missed + weight * (ofGroup.missed / ofGroup.due)) / all
    // The variance of the beta distribution that others and group leave: with what was drawn too far towards the group.
    return { rate, error: (rate * (1 - rate)) / (all + 1) }
  }
}
