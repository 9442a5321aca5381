/** Longer texts on a report, which the server also keeps until they are sent. */
export const draftKinds = ['answer', 'note'] as const
export type DraftKind = (typeof draftKinds)[number]
