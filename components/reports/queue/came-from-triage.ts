/** Whether triage is the entry before this one in the browser's history; false where the browser does not tell. */
export function cameFromTriage(): boolean {
  const { navigation } = window
  const at = navigation?.currentEntry?.index ?? 0
  const before = at > 0 ? navigation.entries()[at - 1]?.url : null
  return before != null && new URL(before).pathname === '/triage'
}
