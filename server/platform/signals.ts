/**
 * Settles at the first signal to end. Further signals are ignored: a terminal and the parent process both forward the
 * same key press.
 */
export function untilAskedToStop(): Promise<NodeJS.Signals> {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, settle)
  })
}
