type LocalDraft = {
  value: unknown
  /** Which of the server's words these continue, and whether they go beyond them. */
  base: Date | null
  isAhead: boolean
} | null
export type ServerDraft = { value: unknown; savedAt: Date } | null

/**
 * What a browser does when it holds words and hears what the server holds: `keep` its own and say nothing, `send` them,
 * `adopt` the server's, `drop` its own, which were sent or thrown away elsewhere, or `ask`, where both were written on.
 */
export type Reconciled = 'keep' | 'send' | 'adopt' | 'drop' | 'ask'

export function reconcile(local: LocalDraft, server: ServerDraft, asOf: Date): Reconciled {
  if (!local) return server ? 'adopt' : 'keep'
  // What the server says may be older than what it has been told since.
  if (local.base && local.base >= asOf) return local.isAhead ? 'send' : 'keep'
  if (!server) return local.isAhead || local.base === null ? 'send' : 'drop'
  if (local.base?.getTime() === server.savedAt.getTime()) return local.isAhead ? 'send' : 'keep'
  if (sameWords(local.value, server.value)) return 'adopt'
  return local.isAhead ? 'ask' : 'adopt'
}

/** Nothing was written, or the same was: then there is nothing to ask. */
export function sameWords(one: unknown, other: unknown): boolean {
  return wordsOf(one) === wordsOf(other)
}

function wordsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
