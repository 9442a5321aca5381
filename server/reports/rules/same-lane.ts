import { type NamedPlace, placeInAddress } from '#server/places/rules/named-place.ts'
import { decodeTelex } from '#server/platform/rules/telex.ts'

/** A house or a lane, as an address names it: near enough for two reports to be compared without their points. */
export type ReadLane = Pick<NamedPlace, 'key' | 'lanes' | 'number' | 'letter'>

/** The house or the lane that an address names; null where it names neither, or only a street. */
export function laneIn(address: string): ReadLane | null {
  const place = placeInAddress(decodeTelex(address))
  return place && (place.kind === 'lane' || place.kind === 'house') ? place : null
}

const outermost = ({ lanes }: ReadLane): string => lanes.split('/')[0] ?? ''

/** Whether two addresses are of one lane, or of one house that stands in none. */
export function isSameLane(one: ReadLane, other: ReadLane): boolean {
  if (one.key !== other.key || outermost(one) !== outermost(other)) return false
  return one.lanes !== '' || (one.number === other.number && one.letter === other.letter)
}

/** What the search words of every address of this lane contain. */
export const wordsOfLane = (lane: ReadLane): string => `${lane.key} ${outermost(lane) || lane.number}`
