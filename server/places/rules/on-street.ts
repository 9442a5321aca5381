import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { metresBetween } from '#server/areas/rules/distance.ts'
import { type Beside, besideLines, between, pointAlong } from './lines.ts'
import type { StreetLine } from './place.ts'

/** A known number on a street: a house, or where a lane of that number begins. */
export type KnownNumber = LonLat & { number: number }

/** Where a number on a street is, and how far off that may be. */
export type OnStreet = { point: LonLat; metres: number }

/** Known numbers farther from the line belong to another street of the same name. */
const farthest = 250
/** What a house takes of the street, in metres for each number; numbers of one side differ by two. */
const usualStep = 2.5
/** Beyond the last known number it is not told how the street goes on for longer than this. */
const reach = { numbers: 80, metres: 250 }

/**
 * Where a number is between known numbers of a street, those of its own side first: even and odd numbers face each
 * other, and one side may have run ahead of the other. Null if too little is known.
 */
export function numberOnStreet(
  number: number,
  known: readonly KnownNumber[],
  lines: readonly StreetLine[],
): OnStreet | null {
  const placed = known.map((each): Placed => ({ ...each, beside: besideLines(lines, each) }))
  const near = placed.filter(({ beside }) => !beside || beside.metres <= farthest)
  const ownSide = near.filter((each) => each.number % 2 === number % 2)
  return betweenKnown(number, ownSide, lines) ?? betweenKnown(number, near, lines) ?? beyondKnown(number, near, lines)
}

type Placed = KnownNumber & { beside: Beside | null }

function betweenKnown(number: number, known: readonly Placed[], lines: readonly StreetLine[]): OnStreet | null {
  const same = known.find((each) => each.number === number)
  if (same) return { point: { lon: same.lon, lat: same.lat }, metres: 30 }
  const lower = most(known, (each) => (each.number < number ? each.number : null))
  const upper = most(known, (each) => (each.number > number ? -each.number : null))
  if (!lower || !upper) return null
  const gap = metresBetween(lower, upper)
  // Numbers that lie much farther apart than houses do are of two stretches of the street.
  if (gap > (upper.number - lower.number) * 12 + 200) return null
  const part = (number - lower.number) / (upper.number - lower.number)
  const nearest = Math.min(part, 1 - part) * gap
  return { point: alongStreet(lower, upper, part, lines), metres: Math.round(Math.max(30, 25 + nearest * 0.6)) }
}

/** A part of the way between two known numbers, on the line of the street where both are beside the same line. */
function alongStreet(from: Placed, to: Placed, part: number, lines: readonly StreetLine[]): LonLat {
  const line = from.beside?.line === to.beside?.line ? lines[from.beside?.line ?? -1] : undefined
  if (line && from.beside && to.beside) {
    return pointAlong(line, from.beside.along + (to.beside.along - from.beside.along) * part)
  }
  const straight = between(from, to, part)
  const beside = besideLines(lines, straight)
  return beside && beside.metres < farthest ? beside.point : straight
}

/** A little beyond the last known number, in the direction in which the numbers grow. */
function beyondKnown(number: number, known: readonly Placed[], lines: readonly StreetLine[]): OnStreet | null {
  const nearest = most(known, (each) => -Math.abs(each.number - number))
  if (!nearest) return null
  const apart = number - nearest.number
  if (Math.abs(apart) > reach.numbers) return null
  const other = most(known, (each) =>
    each.number !== nearest.number && Math.abs(each.number - nearest.number) >= 4
      ? -Math.abs(each.number - nearest.number)
      : null,
  )
  const stays = { point: { lon: nearest.lon, lat: nearest.lat }, metres: Math.round(30 + Math.abs(apart) * usualStep) }
  const line = lines[nearest.beside?.line ?? -1]
  if (!other?.beside || !nearest.beside || !line || other.beside.line !== nearest.beside.line) return stays
  const grows = Math.sign((nearest.beside.along - other.beside.along) * (nearest.number - other.number))
  const along = nearest.beside.along + grows * Math.sign(apart) * Math.min(Math.abs(apart) * usualStep, reach.metres)
  return { point: pointAlong(line, along), metres: stays.metres }
}

function most<Row>(rows: readonly Row[], measure: (row: Row) => number | null): Row | null {
  let best: { row: Row; value: number } | null = null
  for (const row of rows) {
    const value = measure(row)
    if (value !== null && (!best || value > best.value)) best = { row, value }
  }
  return best?.row ?? null
}
