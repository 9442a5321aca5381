import { type CopyTexts, copyTexts, type ShownData } from './copy-texts.ts'
import type { PersonalDataKind } from './finding.ts'
import { findHomes, findPersonalData } from './personal-data.ts'

/** What the rules still take for personal data in what is to be published. `located`: a report whose point is shown. */
export function personalDataShown(copy: CopyTexts, located: CopyTexts | null): ShownData[] {
  const written = copyTexts.flatMap((part) =>
    findPersonalData(copy[part]).map(({ kind, start, end }) => ({ part, kind, text: copy[part].slice(start, end) })),
  )
  const homes = located ? homesNamedBy(located) : []
  return [...written, ...homes.map((text) => ({ part: 'point' as const, kind: 'home' as const, text }))]
}

/** The addresses of homes that a report names: its point may be that of one. */
export const homesNamedBy = (report: CopyTexts): string[] =>
  copyTexts.flatMap((name) => findHomes(report[name]).map(({ start, end }) => report[name].slice(start, end)))

/** Whether a reviewer has cleared each, as often as it is shown: what was cleared says nothing of anything else. */
export function isCleared(shown: readonly ShownData[], cleared: readonly ShownData[]): boolean {
  const left = new Map<string, number>()
  for (const data of cleared) left.set(keyOf(data), (left.get(keyOf(data)) ?? 0) + 1)
  return shown.every((data) => {
    const times = left.get(keyOf(data)) ?? 0
    left.set(keyOf(data), times - 1)
    return times > 0
  })
}

const keyOf = ({ part, kind, text }: ShownData) => JSON.stringify([part, kind, text])

/** How many there are of each kind. */
export function countsByKind(shown: readonly ShownData[]): Partial<Record<PersonalDataKind, number>> {
  const counts: Partial<Record<PersonalDataKind, number>> = {}
  for (const { kind } of shown) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
