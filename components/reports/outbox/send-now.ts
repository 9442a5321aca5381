let current: (() => void) | null = null

/** Tries at once, without waiting for the next turn. */
export const sendNow = (): void => current?.()

/** Whoever sends on this page, asked by `sendNow`; gives back how to step down. */
export function sendBy(ask: () => void): () => void {
  current = ask
  return () => {
    if (current === ask) current = null
  }
}
