/** Which template an account last chose for a reason, on this machine: ids of templates, never what a citizen reads. */
const keyOf = (accountId: string) => `usual-texts:${accountId}`

function usualTexts(accountId: string): Record<string, string> {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(keyOf(accountId)) ?? '{}')
    return kept !== null && typeof kept === 'object' ? (kept as Record<string, string>) : {}
  } catch {
    return {}
  }
}

export const usualTextFor = (accountId: string, reason: string): string | undefined => usualTexts(accountId)[reason]

export function noteUsualText(accountId: string, reason: string, templateId: string): void {
  try {
    window.localStorage.setItem(keyOf(accountId), JSON.stringify({ ...usualTexts(accountId), [reason]: templateId }))
  } catch {
    // The browser stores nothing: the text is chosen again each time.
  }
}
