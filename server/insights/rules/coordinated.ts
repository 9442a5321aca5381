import type { NamedAgency } from './board.ts'
import type { Say } from './weekly-words.ts'

/** Open reports that an agency only coordinates: those who are responsible for them, with most of them first. */
export type Coordinated = {
  at: Date
  count: number
  /** Null: at no agency yet. */
  owners: { agency: NamedAgency | null; count: number }[]
}

/** So many owners are named; the others are counted together. */
const mostNamed = 3

/** The owners of some reports; null where there are none. */
export function coordinatedOf(
  cells: readonly { agency: string | null; count: number }[],
  agencies: ReadonlyMap<string, NamedAgency>,
  at: Date,
): Coordinated | null {
  const owners = cells
    .map(({ agency: id, count }) => ({
      agency: id === null ? null : (agencies.get(id) ?? { id, name: id, shortName: id }),
      count,
    }))
    .sort((a, b) => b.count - a.count || ((a.agency?.id ?? '') < (b.agency?.id ?? '') ? -1 : 1))
  const count = owners.reduce((sum, owner) => sum + owner.count, 0)
  return count === 0 ? null : { at, count, owners }
}

/** "Phối hợp: 12 phản ánh đang mở, chủ trì: Sở Xây dựng (12)": never a part of the figures beside it. */
export function coordinatedWords({ count, owners }: Coordinated, say: Say): string {
  const named = owners.slice(0, mostNamed).map((owner) =>
    say('board.coordinated.owner', {
      name: owner.agency?.name ?? say('board.agencies.none'),
      count: owner.count,
    }),
  )
  const others = owners.slice(mostNamed)
  const rest =
    others.length === 0
      ? []
      : [
          say('board.coordinated.others', {
            agencies: others.length,
            count: others.reduce((sum, one) => sum + one.count, 0),
          }),
        ]
  return say('board.coordinated.line', { count, owners: [...named, ...rest].join(', ') })
}
