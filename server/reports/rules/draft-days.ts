/** Drafts that were not changed for this long are deleted, on the server and in the browser. */
export const draftDays = 30
const day = 86_400_000
export const oldestDraft = (now: Date): Date => new Date(now.getTime() - draftDays * day)
