/**
 * Settles when the process is first asked to end. Further requests are ignored: a terminal and the starting process
 * both pass the same key press on.
 */
export function untilAskedToStop(): Promise<NodeJS.Signals> {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, settle)
  })
}
