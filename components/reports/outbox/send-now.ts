let current: (() => void) | null = null

/** Tries at once, without waiting for the next attempt. */
export const sendNow = (): void => current?.()

/** Registers the sender of this page, called by `sendNow`; returns a function that unregisters it. */
export function sendBy(ask: () => void): () => void {
  current = ask
  return () => {
    if (current === ask) current = null
  }
}
