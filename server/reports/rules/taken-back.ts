type Versioned = { version?: number | null | undefined; undoes?: number | null | undefined }

/**
 * The changes that stand, in the order of the log: without those that a later one among them undid, and without the
 * undoing. A decision and its taking back leave no trace.
 */
export function withoutUndone<C extends Versioned>(changes: readonly C[]): C[] {
  const among = new Set(changes.map(({ version }) => version))
  const undone = new Set<number>()
  const left = changes.toReversed().filter(({ version, undoes }) => {
    if (typeof version === 'number' && undone.has(version)) return false
    if (typeof undoes !== 'number' || !among.has(undoes)) return true
    undone.add(undoes)
    return false
  })
  return left.toReversed()
}

/** The version whose change this one undid, by the details of its event. */
export const undoneBy = ({ undoes }: Readonly<Record<string, unknown>>): number | null =>
  typeof undoes === 'number' ? undoes : null
