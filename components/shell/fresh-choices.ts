import type { Preferences } from '#server/accounts/rules/preferences.ts'

type Chosen = Partial<Preferences>
type Kept = { chosen: Chosen; at: number }

/** Milliseconds. By then every page requested before the choice was saved has arrived. */
const lifetime = 60_000

const keyOf = (accountId: string) => `chosen-by-${accountId}`

/** Keeps in this tab what was just chosen: a page requested before may arrive with the earlier value. */
export function keepFresh(accountId: string, chosen: Chosen): void {
  put(accountId, { ...kept(accountId), ...chosen })
}

/** The server refused it. */
export function dropFresh(accountId: string, names: readonly string[]): void {
  put(accountId, Object.fromEntries(Object.entries(kept(accountId)).filter(([name]) => !names.includes(name))))
}

/** Recent choices of this tab that the rendered page does not contain. */
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
    // Without storage a choice counts once the server has saved it.
  }
}
