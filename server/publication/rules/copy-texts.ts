import type { PersonalDataKind } from './finding.ts'

/** The texts of a report that a copy has. */
export const copyTexts = ['title', 'body', 'address'] as const
export type CopyTexts = Record<(typeof copyTexts)[number], string>

/** What the rules take for personal data in what is to be published, as the reviewer is shown it. */
export type ShownData = { part: (typeof copyTexts)[number]; kind: PersonalDataKind; text: string }
