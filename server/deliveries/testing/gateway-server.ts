import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: string; key: string }

/** How the gateway treats a message. `lose`: it accepts the message and then breaks the connection. */
export type Deed =
  | 'accept'
  | 'fail'
  | 'refuse'
  | 'hang'
  | 'drop'
  | 'lose'
  | 'say_no'
  | 'login'
  | 'no_number'
  | 'busy'
  | 'closed'

export type GatewayServer = {
  address: string
  received: Received[]
  /** The messages that the provider has passed on, by key; a repeated key counts once. */
  passedOn: Map<string, string>
  /** How it treats the next messages, in order; it accepts all later ones. */
  next(...deeds: Deed[]): void
  /** Called when a message arrives, before the gateway treats it. */
  onReceived: ((received: Received) => void | Promise<void>) | null
  close(): Promise<void>
}

/** A provider of short messages on this machine that can fail as real ones do. */
export async function openGatewayServer(): Promise<GatewayServer> {
  const deeds: Deed[] = []
  const gateway = { received: [] as Received[], passedOn: new Map<string, string>(), onReceived: null } as Pick<
    GatewayServer,
    'received' | 'passedOn' | 'onReceived'
  >
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const key = String(request.headers['idempotency-key'] ?? '')
      const received = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body, key }
      gateway.received.push(received)
      await gateway.onReceived?.(received)
      act(deeds.shift() ?? 'accept', response, () => gateway.passedOn.set(key, body), body)
    })
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  return Object.assign(gateway, {
    address: `http://127.0.0.1:${port}/send`,
    next: (...more: Deed[]) => void deeds.push(...more),
    close: () =>
      new Promise<void>((settle) => {
        server.close(() => settle())
        server.closeAllConnections()
      }),
  })
}

function act(deed: Deed, response: ServerResponse, passOn: () => void, body: string): void {
  const say = (status: number, value: object, headers = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
  if (deed === 'accept' || deed === 'lose') passOn()
  if (deed === 'hang') return
  if (deed === 'drop' || deed === 'lose') return void response.destroy()
  // Real providers repeat the request in their errors too.
  if (deed === 'fail') return void say(500, { error: body })
  if (deed === 'refuse') return void say(422, { error: `unknown subscriber ${body}` })
  if (deed === 'login') return void say(401, {})
  if (deed === 'busy') return void say(429, {}, { 'retry-after': '600' })
  if (deed === 'closed') return void say(503, {}, { 'retry-after': new Date(Date.now() + 86_400_000).toUTCString() })
  if (deed === 'no_number') return void say(200, { status: 'NO_NUMBER', echo: body })
  say(200, deed === 'say_no' ? { status: 'ERROR', echo: body } : { status: 'OK', data: { id: 'SM-42' }, echo: body })
}
