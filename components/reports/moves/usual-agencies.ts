/** Agencies that an account has chosen recently, on this machine: their ids, the latest last. */
const keyOf = (accountId: string) => `usual-agencies:${accountId}`
/** Enough to show a habit, few enough that a new one shows after some days. */
const most = 60

function chosenOfLate(accountId: string): string[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(keyOf(accountId)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : []
  } catch {
    return []
  }
}

/** How often each was chosen, the most usual first; among equals, the one chosen last. */
export function usualAgencies(accountId: string): ReadonlyMap<string, number> {
  const uses = new Map<string, number>()
  for (const id of chosenOfLate(accountId).reverse()) uses.set(id, (uses.get(id) ?? 0) + 1)
  return new Map([...uses].sort(([, a], [, b]) => b - a))
}

export function noteUsualAgency(accountId: string, agencyId: string): void {
  try {
    const next = [...chosenOfLate(accountId), agencyId].slice(-most)
    window.localStorage.setItem(keyOf(accountId), JSON.stringify(next))
  } catch {
    // The browser stores nothing: the agency is found by its name each time.
  }
}
