import type { Preferences } from '#server/accounts/rules/preferences.ts'

type Chosen = Partial<Preferences>
type Kept = { chosen: Chosen; at: number }

/** By then every page that was asked for before a choice arrived has come. */
const lifetime = 60_000

const keyOf = (accountId: string) => `chosen-by-${accountId}`

/** Keeps in this tab what was just chosen: a page that is on its way meanwhile may come with what was there before. */
export function keepFresh(accountId: string, chosen: Chosen): void {
  put(accountId, { ...kept(accountId), ...chosen })
}

/** The server did not take it. */
export function dropFresh(accountId: string, names: readonly string[]): void {
  put(accountId, Object.fromEntries(Object.entries(kept(accountId)).filter(([name]) => !names.includes(name))))
}

/** What was chosen in this tab a moment ago and a page came without. */
export function missingIn(accountId: string, drawn: Preferences): Chosen {
  const isMissing = ([name, value]: [string, unknown]) =>
    JSON.stringify(drawn[name as keyof Preferences]) !== JSON.stringify(value)
  return Object.fromEntries(Object.entries(kept(accountId)).filter(isMissing))
}

function kept(accountId: string): Chosen {
  try {
    const { chosen, at } = JSON.parse(sessionStorage.getItem(keyOf(accountId)) ?? '{}') as Partial<Kept>
    return chosen && at && Date.now() - at < lifetime ? chosen : {}
  } catch {
    return {}
  }
}

function put(accountId: string, chosen: Chosen): void {
  const fresh: Kept = { chosen, at: Date.now() }
  try {
    sessionStorage.setItem(keyOf(accountId), JSON.stringify(fresh))
  } catch {
    // Without storage a choice counts once the server has taken it.
  }
}
