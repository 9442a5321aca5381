import type { PlaceKind } from './place.ts'

type Named = { kind: PlaceKind; name: string; lanes: string; number: number | null; letter: string }

/** "95 Phố Huế", "Ngõ 12 Đội Cấn", "3 Ngách 12/5 Đội Cấn". Houses and lanes have the name of their street. */
export function labelOf({ kind, name, lanes, number, letter }: Named): string {
  const way = lanes === '' ? name : `${laneWord(lanes)} ${lanes.toUpperCase()} ${name}`
  return kind === 'house' && number !== null ? `${number}${letter.toUpperCase()} ${way}` : way
}

/** A lane of a street, a lane of that lane, and those within. */
const laneWord = (lanes: string) => ['Ngõ', 'Ngách'][lanes.split('/').length - 1] ?? 'Hẻm'
