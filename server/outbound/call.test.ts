import { webcrypto } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net'
import 'reflect-metadata'
import { ExtendedKeyUsageExtension, X509CertificateGenerator } from '@peculiar/x509'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isPublic } from './address.ts'
import { callOutside } from './call.ts'

/** A server on this machine that counts its connections. */
async function serve(answer: RequestListener) {
  const server = createServer(answer)
  const counted = { connections: 0 }
  server.on('connection', () => {
    counted.connections += 1
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, counted }
}

async function serveSocket(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createSocketServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    onConnection(socket)
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A server whose certificate is issued for this purpose. */
async function serveWithCertificateOf(purpose: string) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=hook.example',
      keys: keys as unknown as CryptoKeyPair,
      signingAlgorithm: algorithm,
      extensions: [new ExtendedKeyUsageExtension([purpose], true)],
    },
    webcrypto as unknown as Crypto,
  )
  const own = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const key = `-----BEGIN PRIVATE KEY-----\n${own}\n-----END PRIVATE KEY-----\n`
  const server = createTlsServer({ key, cert: certificate.toString('pem') }, (_, answer) => answer.end())
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

const internal = ['127.0.0.1']
const get = (address: string, settings: Parameters<typeof callOutside>[1] = { internal }) =>
  callOutside({ address, method: 'GET' }, settings)
const failureOf = async (...call: Parameters<typeof get>) => (await get(...call)).failure

describe('an address that is not public', () => {
  const special = [
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '8000::1',
  ]

  test.each(special)('is refused as %s, also when a name leads to it', async (address) => {
    expect(isPublic(address)).toBe(false)
    const asHost = address.includes(':') ? `[${address}]` : address
    // A URL cannot contain a zone.
    if (!address.includes('%')) {
      expect(await failureOf(`https://${asHost}/`, { internal: [] })).toBe('address_not_allowed')
    }
    for (const resolve of [async () => [address], async () => ['1.1.1.1', address]]) {
      expect(await failureOf('https://hook.example/', { internal: [], resolve })).toBe('address_not_allowed')
    }
  })

  test.each([
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://127.0.0.1./',
    'https://①②⑦.0.0.1/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:ffff:127.0.0.1]/',
  ])('is refused in the notation %s', async (address) => {
    expect(await failureOf(address, { internal: [] })).toBe('address_not_allowed')
  })

  test('is not reachable by a name of this machine', async () => {
    const { port, counted } = await serve((_, answer) => answer.end())
    expect(await failureOf(`https://localhost:${port}/`, { internal: [] })).toBe('address_not_allowed')
    expect(await failureOf(`https://localhost.:${port}/`, { internal: [] })).toBe('address_not_allowed')
    expect(counted.connections).toBe(0)
  })

  test('is public if any network may route it', () => {
    for (const address of ['1.1.1.1', '113.160.92.202', '2606:4700::1111', '2001:4860:4860::8888']) {
      expect([address, isPublic(address)]).toEqual([address, true])
    }
    for (const address of ['', 'hook.example', '1.1.1', '1.1.1.1/8']) expect(isPublic(address)).toBe(false)
  })
})

describe('what may be called', () => {
  test.each([
    '',
    'hook.example',
    'ftp://hook.example/',
    'file:///etc/passwd',
    'https://user:key@hook.example/',
    'https://',
  ])('is no address like “%s”', async (address) => {
    expect(await failureOf(address, { internal: [] })).toBe('invalid_address')
  })

  test('without TLS needs a configured name or address', async () => {
    const { port, counted } = await serve((_, answer) => answer.end('ok'))
    const here = async () => ['127.0.0.1']
    expect(await failureOf('http://hook.example/', { internal: ['10.0.0.0/8', 'bus.internal'] })).toBe('needs_https')
    expect(await failureOf(`http://bus.internal:${port}/`, { internal: ['127.0.0.0/8'], resolve: here })).toBe(
      'needs_https',
    )
    expect(counted.connections).toBe(0)
    expect(await get(`http://bus.internal:${port}/`, { internal: ['bus.internal'], resolve: here })).toMatchObject({
      failure: null,
      status: 200,
      body: 'ok',
    })
    expect(await failureOf(`http://127.0.0.1:${port}/`, { internal: ['127.0.0.0/8'] })).toBeNull()
    expect(await failureOf(`http://[::ffff:127.0.0.1]:${port}/`, { internal: ['127.0.0.0/8'] })).toBeNull()
  })
})

test('a name that first leads to a public address and then to this machine reaches nothing here', async () => {
  const { port, counted } = await serve((_, answer) => answer.end('secret'))
  const told: string[] = []
  const resolve = async () => {
    const address = told.length % 2 === 0 ? '192.0.2.1' : '127.0.0.1'
    told.push(address)
    return [address]
  }
  // The documentation network replaces the public one: it is allowed here, and nothing answers there.
  const settings = { internal: ['192.0.2.0/24'], resolve, silenceSeconds: 0.2 }
  const outcomes = [
    await get(`https://hook.example:${port}/`, settings),
    await get(`https://hook.example:${port}/`, settings),
  ]
  expect(['timeout', 'unreachable']).toContain(outcomes[0]?.failure)
  expect(outcomes[1]?.failure).toBe('address_not_allowed')
  // One lookup per call: the connection goes to the address that was checked.
  expect(told).toHaveLength(2)
  expect(counted.connections).toBe(0)
})

test('a redirect is reported and not followed', async () => {
  const inner = await serve((_, answer) => answer.end('secret'))
  const outer = await serve((_, answer) =>
    answer.writeHead(307, { location: `http://127.0.0.1:${inner.port}/` }).end('elsewhere'),
  )
  expect(await get(`http://127.0.0.1:${outer.port}/`)).toMatchObject({
    failure: 'redirected',
    status: 307,
    body: 'elsewhere',
  })
  expect(inner.counted.connections).toBe(0)
})

test('method, headers and text arrive as they are', async () => {
  const seen: unknown[] = []
  const { port } = await serve((request, answer) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      seen.push(request.method, request.url, request.headers['x-key'], Buffer.concat(pieces).toString())
      answer.end('Đã nhận')
    })
  })
  const body = JSON.stringify({ text: 'Cây đổ' })
  const address = `http://127.0.0.1:${port}/hook?kind=a%20b`
  const result = await callOutside({ address, method: 'POST', headers: { 'x-key': 'k' }, body }, { internal })
  expect(seen).toEqual(['POST', '/hook?kind=a%20b', 'k', body])
  expect(result).toMatchObject({ failure: null, status: 200, body: 'Đã nhận', cut: false })
})

test('a long answer is cut, between characters', async () => {
  const { port } = await serve((_, answer) => answer.end('ệ'.repeat(100_000)))
  const { body, cut, failure } = await get(`http://127.0.0.1:${port}/`, { internal, answerBytes: 100 })
  expect([body, cut, failure]).toEqual(['ệ'.repeat(33), true, null])
})

test('the result has the value of Retry-After', async () => {
  const { port } = await serve((_, answer) => answer.writeHead(429, { 'retry-after': '120' }).end())
  expect(await get(`http://127.0.0.1:${port}/`)).toMatchObject({ failure: 'too_many', retryAfterSeconds: 120 })
})

describe('a call to a faulty server', () => {
  test('that is silent or slow ends at the time limit', async () => {
    const silent = await serveSocket(() => undefined)
    expect(await failureOf(`http://127.0.0.1:${silent}/`, { internal, silenceSeconds: 0.1 })).toBe('timeout')
    const trickling = await serveSocket((socket) => {
      const timer = setInterval(() => socket.write('x'), 20)
      socket.once('close', () => clearInterval(timer))
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
    })
    expect(await failureOf(`http://127.0.0.1:${trickling}/`, { internal, totalSeconds: 0.3 })).toBe('timeout')
    const resolve = () => new Promise<never>(() => undefined)
    expect(await failureOf('https://hook.example/', { internal, resolve, totalSeconds: 0.1 })).toBe('timeout')
  })

  test('that hangs up, uses no HTTP or TLS, or does not run, fails', async () => {
    const dropping = await serveSocket((socket) => socket.destroy())
    expect(await failureOf(`http://127.0.0.1:${dropping}/`)).toBe('unreachable')
    const chatting = await serveSocket((socket) => socket.end('220 mail.example ESMTP\r\n'))
    expect(await failureOf(`http://127.0.0.1:${chatting}/`)).toBe('not_http')
    expect(await failureOf(`https://127.0.0.1:${chatting}/`)).toBe('tls')
    expect(await failureOf('http://127.0.0.1:1/')).toBe('unreachable')
    const unknown = async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    expect(await failureOf('https://hook.example/', { internal, resolve: unknown })).toBe('unknown_host')
    expect(await failureOf('https://hook.example/', { internal, resolve: async () => [] })).toBe('unknown_host')
  })

  test('that changes the protocol without a request fails', async () => {
    const hints = 'Connection: Upgrade\r\nUpgrade: other\r\n'
    for (const status of ['101 Switching Protocols', '200 OK']) {
      const port = await serveSocket((socket) =>
        socket.once('data', () => socket.write(`HTTP/1.1 ${status}\r\n${hints}content-length: 0\r\n\r\n`)),
      )
      const failure = status.startsWith('101') ? 'not_http' : null
      expect(await failureOf(`http://127.0.0.1:${port}/`, { internal, totalSeconds: 5 })).toBe(failure)
    }
  })

  test('with a certificate for another purpose fails because of the certificate', async () => {
    const port = await serveWithCertificateOf('1.3.6.1.5.5.7.3.2')
    expect(await failureOf(`https://127.0.0.1:${port}/`)).toBe('tls')
  })

  test('that breaks off during its answer has the status of that answer', async () => {
    const port = await serveSocket((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
    )
    expect(await get(`http://127.0.0.1:${port}/`)).toMatchObject({
      failure: null,
      status: 200,
      body: 'half',
      cut: true,
    })
  })
})
