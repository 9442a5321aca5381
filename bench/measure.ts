import autocannon from 'autocannon'

export type Measured = { p50: number; p95: number; rate: number; requests: number; failed: number }
/** The result of one stretch of requests, before it is combined with others. */
export type Stretch = { millis: number[]; requests: number; seconds: number; failed: number }
export type Shot = { method: 'GET' | 'POST'; path: string; body?: string; headers?: Record<string, string> }
export type Range = { url: string; headers?: Record<string, string>; connections: number; seconds: number }

/**
 * Sends requests from a list over persistent connections; `once`: each of them a single time, as writes require. Times
 * are measured by the client. With `once`, sent requests are removed from the list.
 */
export async function shoot(range: Range, shots: Shot[], once = false): Promise<Stretch> {
  const { url, headers = {}, connections, seconds } = range
  const millis: number[] = []
  let at = 0
  const begun = performance.now()
  let lastAnswer = begun
  const load: autocannon.Options = {
    url,
    connections,
    headers,
    ...(once ? { amount: shots.length } : { duration: seconds }),
    requests: [
      {
        setupRequest: (request) => {
          const shot = (once ? shots.pop() : shots[at++ % shots.length]) as Shot
          return { ...request, ...shot, headers: { ...request.headers, ...shot.headers } }
        },
      },
    ],
  }
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const running = autocannon(load, (error, found) => (error ? fail(error) : done(found)))
    running.on('response', (_client, _status, _bytes, took) => {
      millis.push(took)
      lastAnswer = performance.now()
    })
  })
  return {
    millis,
    requests: result.requests.total,
    // Up to the last response: the load generator checks only once a second whether the requests are used up.
    seconds: (lastAnswer - begun) / 1000,
    failed: result.non2xx + result.errors,
  }
}

export function summed(stretches: Stretch[]): Measured {
  const millis = stretches.flatMap((stretch) => stretch.millis).sort((a, b) => a - b)
  const sum = (key: 'requests' | 'seconds' | 'failed') => stretches.reduce((total, stretch) => total + stretch[key], 0)
  const share = (part: number) => millis[Math.min(millis.length - 1, Math.floor(millis.length * part))] ?? Number.NaN
  return {
    p50: share(0.5),
    p95: share(0.95),
    rate: sum('requests') / sum('seconds'),
    requests: sum('requests'),
    failed: sum('failed'),
  }
}
