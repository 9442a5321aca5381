import { z } from 'zod'

/** What is written at length on a report, and kept by the server too until it is sent. */
export const draftKinds = ['answer', 'note'] as const
export type DraftKind = (typeof draftKinds)[number]

/** The fields of each kind as the composer holds them; half-written ones are as good as whole ones. */
const fields = z.record(z.string().max(40), z.union([z.string().max(20_000), z.array(z.string().max(200)).max(40)]))

const draftOf = z.object({ reportId: z.number().int().positive(), kind: z.enum(draftKinds) })
export const keepDraftInput = draftOf.extend({
  value: fields,
  /** Of which words these are the continuation: when those were saved; null where there were none. */
  base: z.date().nullable(),
})
export const dropDraftInput = draftOf
export const shareDraftInput = draftOf.extend({ isShared: z.boolean() })

/** Words nobody has touched for so long are cleared away, here and in the browser. */
export const draftDays = 30
const day = 86_400_000
export const oldestDraft = (now: Date): Date => new Date(now.getTime() - draftDays * day)

export type LocalDraft = {
  value: unknown
  /** Which of the server's words these continue, and whether they go beyond them. */
  base: Date | null
  isAhead: boolean
} | null
export type ServerDraft = { value: unknown; savedAt: Date } | null

/**
 * What a browser does when it holds words and hears what the server holds: `keep` its own and say nothing, `send` them, `adopt` the
 * server's, `drop` its own, which were sent or thrown away elsewhere, or `ask`, where both were written on.
 */
export type Reconciled = 'keep' | 'send' | 'adopt' | 'drop' | 'ask'

export function reconcile(local: LocalDraft, server: ServerDraft): Reconciled {
  if (!local) return server ? 'adopt' : 'keep'
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
