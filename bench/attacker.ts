import { parentPort, workerData } from 'node:worker_threads'

export type Attack = { url: string; requests: { path: string; init?: RequestInit }[]; seconds: number }

/** A separate thread: the cost of sending must not delay the responses that the other thread measures. */
const { url, requests, seconds } = workerData as Attack
const statuses = new Map<number, number>()
const end = performance.now() + seconds * 1000
for (let at = 0; performance.now() < end; at += 1) {
  const { path, init } = requests[at % requests.length] as Attack['requests'][number]
  const answer = await fetch(url + path, init)
  await answer.arrayBuffer()
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
}
parentPort?.postMessage(statuses)
