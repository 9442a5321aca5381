import { drawCity } from '#db/demo/checks/drawn-city.ts'
import { cellsOf, promisesOf } from '#db/demo/checks/promises.ts'
import { paces } from '#db/demo/paces.ts'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'

/** How many promises of one kind an agency has, and how likely a promise of this kind is missed at any agency. */
export type Work = { agency: string; stratum: string; group: string; perDay: number; chance: number }

const lastDay = '2026-11-29'
const days = 365
/** A kind that few have had is drawn towards all of its group by so many promises: none is missed never or always. */
const drawnTowardsGroup = 3

/**
 * What the agencies of the demo city are given in a year: how much of which kind, with the share missed of each kind.
 * The slow and the good agency of the demo do not count in these shares.
 */
export async function demoMix(): Promise<Work[]> {
  const drawn = await drawCity({ today: `${lastDay}T18:30`, reports: 24_000 })
  const [from, to] = [startOfDay(dayAfter(lastDay, -days)), startOfDay(lastDay)]
  // What falls due within a year was received at most two months before.
  const cells = cellsOf(promisesOf(drawn, startOfDay(dayAfter(lastDay, -days - 60))), { from, to })
  const planted = new Set(Object.values(paces))
  const usual = cells.filter(({ agency }) => !planted.has(agency))
  const [strata, groups] = [sharesBy(usual, 'stratum'), sharesBy(usual, 'group')]
  return cells.map(({ agency, stratum, group, due }) => {
    const [kind, all] = [strata.get(stratum) ?? { due: 0, missed: 0 }, groups.get(group) ?? { due: 2, missed: 1 }]
    const chance = (kind.missed + drawnTowardsGroup * (all.missed / all.due)) / (kind.due + drawnTowardsGroup)
    return { agency, stratum, group, perDay: due / days, chance }
  })
}

function sharesBy<Key extends 'stratum' | 'group'>(
  cells: readonly ({ due: number; missed: number } & Record<Key, string>)[],
  key: Key,
) {
  const shares = new Map<string, { due: number; missed: number }>()
  for (const cell of cells) {
    const sum = shares.get(cell[key]) ?? { due: 0, missed: 0 }
    shares.set(cell[key], { due: sum.due + cell.due, missed: sum.missed + cell.missed })
  }
  return shares
}
