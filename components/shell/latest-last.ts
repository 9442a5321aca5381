type Waiting<Value> = { value: Value; settle: (sent: Promise<unknown>) => void }

/**
 * Sends one value after the other, so that an older one never overwrites a newer one; values that come while one is
 * being sent are merged and sent next. `flush` sends what waits at once: the page is closing.
 */
export function latestLast<Value extends object>(send: (value: Value) => Promise<unknown>) {
  let isBusy = false
  let waiting: Waiting<Value>[] = []

  const next = () => {
    const taken = waiting
    waiting = []
    const [first] = taken
    isBusy = first !== undefined
    if (!first) return
    const sent = send(Object.assign({}, ...taken.map(({ value }) => value)) as Value)
    for (const { settle } of taken) settle(sent)
    sent.then(next, next)
  }

  return {
    send: (value: Value): Promise<unknown> =>
      new Promise((resolve) => {
        waiting.push({ value, settle: resolve })
        if (!isBusy) next()
      }),
    flush: () => {
      if (waiting.length > 0) next()
    },
  }
}
