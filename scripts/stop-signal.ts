/**
 * Settles at the first Ctrl-C or SIGTERM, or when the npm that started this has ended. Further signals are ignored: npm
 * and the terminal both forward the same key press, and an orderly stop takes a moment.
 */
export function stopSignal(): Promise<void> {
  const parent = process.ppid
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => settle())
    setInterval(() => process.ppid !== parent && settle(), 1000).unref()
  })
}
