type LocalDraft = {
  value: unknown
  /** When the server text that this one continues was saved, and whether it was changed since. */
  base: Date | null
  isAhead: boolean
} | null
export type ServerDraft = { value: unknown; savedAt: Date } | null

/**
 * What a browser with local text does when it learns what the server holds: `keep` the local text and do nothing,
 * `send` it, `adopt` the server's, `drop` the local text, which was sent or discarded elsewhere, or `ask`, where both
 * were changed.
 */
export type Reconciled = 'keep' | 'send' | 'adopt' | 'drop' | 'ask'

export function reconcile(local: LocalDraft, server: ServerDraft, asOf: Date): Reconciled {
  if (!local) return server ? 'adopt' : 'keep'
  // The server's response may be older than what was saved since.
  if (local.base && local.base >= asOf) return local.isAhead ? 'send' : 'keep'
  if (!server) return local.isAhead || local.base === null ? 'send' : 'drop'
  if (local.base?.getTime() === server.savedAt.getTime()) return local.isAhead ? 'send' : 'keep'
  if (sameWords(local.value, server.value)) return 'adopt'
  return local.isAhead ? 'ask' : 'adopt'
}

/** Whether both texts are equal: then there is nothing to ask. */
export function sameWords(one: unknown, other: unknown): boolean {
  return wordsOf(one) === wordsOf(other)
}

function wordsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
