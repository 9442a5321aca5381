/**
 * Settles at the first Ctrl-C or SIGTERM. Further ones are ignored: npm and the terminal both pass the same key press
 * on, and stopping in order takes a moment.
 */
export function stopSignal(): Promise<void> {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => settle())
  })
}
