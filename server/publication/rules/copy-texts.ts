import type { PersonalDataKind } from './finding.ts'

/** The texts of a report that a copy has. */
export const copyTexts = ['title', 'body', 'address'] as const
export type CopyTexts = Record<(typeof copyTexts)[number], string>

/** What a copy shows: the point leads to the home that the report names. */
export const copyParts = [...copyTexts, 'point'] as const

/** What the rules take for personal data in what is to be published, as the reviewer is shown it. */
export type ShownData = { part: (typeof copyParts)[number]; kind: PersonalDataKind; text: string }
