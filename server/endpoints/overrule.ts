import type { ServerResponse } from 'node:http'

type Rule = {
  status?: number
  headers?: Record<string, string>
  /** Replace only this status: other statuses of the pages are kept. */
  instead?: number
}

/** Next sets its own caching headers and status; ours replace them when the response head is written. */
export function overrule(res: ServerResponse, { status, headers = {}, instead }: Rule): void {
  const writeHead = res.writeHead.bind(res) as (...parts: unknown[]) => ServerResponse
  res.writeHead = ((given: number, ...rest: unknown[]) => {
    if (instead !== undefined && given !== instead) return writeHead(given, ...rest)
    const own = status || given === 200 ? headers : {}
    for (const [name, value] of Object.entries(own)) res.setHeader(name, value)
    const parts = rest.map((part) => (isHeaders(part) ? { ...lowered(part), ...own } : part))
    return writeHead(status ?? given, ...parts)
  }) as typeof res.writeHead
}

const isHeaders = (part: unknown): part is Record<string, unknown> =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
const lowered = (given: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]))
