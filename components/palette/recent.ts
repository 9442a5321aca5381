/** What an account chose recently on this machine: ids of lines, never what a citizen wrote. */
const most = 12
const keyOf = (username: string) => `palette:${username}`

export function recentOf(username: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(keyOf(username)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : []
  } catch {
    return []
  }
}

export function noteRecent(username: string, id: string): void {
  try {
    const next = [id, ...recentOf(username).filter((each) => each !== id)].slice(0, most)
    window.localStorage.setItem(keyOf(username), JSON.stringify(next))
  } catch {
    // The browser stores nothing: the usual order stays.
  }
}
