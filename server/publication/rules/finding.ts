/** What is hidden in a publication copy. Where two meet, the first names the whole. */
export const personalDataKinds = ['mail', 'identity', 'bank', 'phone', 'plate', 'health', 'home', 'name'] as const
export type PersonalDataKind = (typeof personalDataKinds)[number]

/** A range of a text and what it tells of a person. */
export type Finding = { kind: PersonalDataKind; start: number; end: number }
