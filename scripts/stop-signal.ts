/**
 * Settles at the first Ctrl-C or SIGTERM, or when the npm that started this is gone. Further signals are ignored: npm
 * and the terminal both pass the same key press on, and stopping in order takes a moment.
 */
export function stopSignal(): Promise<void> {
  const parent = process.ppid
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => settle())
    setInterval(() => process.ppid !== parent && settle(), 1000).unref()
  })
}
