type Row = { id: number }

/** The report after this one: the next that is still waiting, else the first that was postponed. */
export function afterThis<R extends Row>(
  rows: readonly R[],
  id: number | null,
  isWaiting: (row: R) => boolean,
): R | null {
  const at = rows.findIndex((row) => row.id === id)
  const later = rows.slice(at + 1).find(isWaiting)
  return later ?? rows.slice(0, Math.max(at, 0)).find(isWaiting) ?? null
}

/** How many reports are still to come before those that were postponed come again. */
export function stillToCome<R extends Row>(rows: readonly R[], id: number | null, isWaiting: (row: R) => boolean) {
  return rows.slice(rows.findIndex((row) => row.id === id) + 1).filter(isWaiting).length
}

export function beforeThis<R extends Row>(
  rows: readonly R[],
  id: number | null,
  isWaiting: (row: R) => boolean,
): R | null {
  const at = rows.findIndex((row) => row.id === id)
  return rows.slice(0, Math.max(at, 0)).findLast(isWaiting) ?? null
}

/**
 * The rows between two reports of the list, going forward: those that colleagues decided meanwhile are named to the
 * user who passes them.
 */
export function between<R extends Row>(rows: readonly R[], from: number | null, to: number | null): R[] {
  const start = rows.findIndex(({ id }) => id === from)
  const end = to === null ? rows.length : rows.findIndex(({ id }) => id === to)
  return end > start ? rows.slice(start + 1, end) : []
}
