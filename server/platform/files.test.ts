import { createHash, createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test as plainTest } from 'vitest'
import { directoryStore, type FileStore } from './files.ts'
import { refusalFor } from './rules/failure.ts'
import { s3Store } from './s3-store.ts'

const account = { accessKeyId: 'desk', secretAccessKey: 'cầu Long Biên', region: 'vn-north', bucket: 'ảnh' }

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: Uint8Array | string, text: string) => createHmac('sha256', key).update(text).digest()

/** Servers decode the path and encode it again: `(` may arrive as it is or encoded. */
const canonical = (path: string) =>
  path
    .split('/')
    .map((part) => encodeURIComponent(decodeURIComponent(part)).replace(/[!'()*]/g, encodedSign))
    .join('/')
const encodedSign = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

/**
 * Whether the request comes from the account: signature version 4 as Amazon describes it, computed from the request
 * received.
 */
function isSigned(req: IncomingMessage, body: Uint8Array): boolean {
  const given = /^AWS4-HMAC-SHA256 Credential=([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    req.headers.authorization ?? '',
  )
  const [, credential = '', signed = '', signature = ''] = given ?? []
  const [, day = '', region = '', service = ''] = credential.split('/')
  const digest = String(req.headers['x-amz-content-sha256'])
  if (digest !== 'UNSIGNED-PAYLOAD' && digest !== sha256(body)) return false
  const headers = signed.split(';').map((name) => `${name}:${String(req.headers[name]).trim()}\n`)
  const [path = '', query = ''] = (req.url ?? '').split('?')
  const request = [req.method, canonical(path), query, headers.join(''), signed, digest].join('\n')
  const scope = [day, region, service, 'aws4_request'].join('/')
  const toSign = ['AWS4-HMAC-SHA256', req.headers['x-amz-date'], scope, sha256(request)].join('\n')
  const key = [day, region, service, 'aws4_request'].reduce<Uint8Array | string>(
    (secret, part) => hmac(secret, part),
    `AWS4${account.secretAccessKey}`,
  )
  const isOurs = credential.startsWith(`${account.accessKeyId}/`) && region === account.region
  return isOurs && hmac(key, toSign).toString('hex') === signature
}

/**
 * Stores what is put under a path, and refuses requests whose signature is wrong. Objects under `pieces` are sent in
 * pieces.
 */
async function startBucket() {
  const kept = new Map<string, Uint8Array>()
  const server = createServer(async (req, res) => {
    const [body, path] = [await buffer(req), decodeURIComponent(req.url ?? '')]
    const file = kept.get(path)
    if (!isSigned(req, body)) res.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
    else if (req.method === 'PUT') {
      kept.set(path, body)
      res.end()
    } else if (!file) res.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    else if (req.method === 'DELETE') {
      kept.delete(path)
      res.writeHead(204).end()
    } else if (path.includes('/pieces/')) {
      res.writeHead(200).write(file.subarray(0, 2))
      res.end(file.subarray(2))
    } else res.writeHead(200, { 'content-length': file.byteLength }).end(file)
  })
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  const { port } = server.address() as AddressInfo
  return { kept, endpoint: new URL(`http://127.0.0.1:${port}`), stop: () => void server.close() }
}

const test = plainTest
  .extend('folder', async ({ task: _ }, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), 'ihanoi-desk-files-'))
    onCleanup(() => rm(folder, { recursive: true }))
    return folder
  })
  .extend('bucket', async ({ task: _ }, { onCleanup }) => {
    const bucket = await startBucket()
    onCleanup(bucket.stop)
    return bucket
  })

const textUnder = async (store: FileStore, key: string) => {
  const file = await store.read(key)
  if (!file) return null
  const bytes = await buffer(file.stream)
  expect(bytes.byteLength).toBe(file.bytes)
  return bytes.toString()
}

describe.each(['a directory', 'a bucket'])('%s', (kind) => {
  test('keeps what is written under a key, once or repeatedly, until it is removed', async ({ folder, bucket }) => {
    const store =
      kind === 'a directory'
        ? directoryStore(folder)
        : s3Store({ ...account, endpoint: bucket.endpoint, pathStyle: true })
    const [key, bytes] = ['original/ab/cây đổ (1)+2.jpg', new TextEncoder().encode('một tấm ảnh')]
    expect(await store.read(key)).toBeNull()
    await store.write(key, bytes)
    await store.write(key, bytes)
    expect(await textUnder(store, key)).toBe('một tấm ảnh')
    await store.remove(key)
    await store.remove(key)
    expect(await store.read(key)).toBeNull()
    await expect(store.write('../outside', bytes)).rejects.toThrow('a key that leaves the store')
  })
})

test('a bucket that sends a file in pieces without its length is read to the end', async ({ bucket }) => {
  const store = s3Store({ ...account, endpoint: bucket.endpoint, pathStyle: true })
  await store.write('pieces/a', new TextEncoder().encode('một tấm ảnh'))
  expect(await textUnder(store, 'pieces/a')).toBe('một tấm ảnh')
})

test('a bucket answers only requests signed by the account', async ({ bucket }) => {
  const settings = { ...account, endpoint: bucket.endpoint, pathStyle: true }
  const stranger = s3Store({ ...settings, secretAccessKey: 'guessed' })
  const bytes = new Uint8Array([1, 2, 3])
  await expect(stranger.write('a/b', bytes)).rejects.toThrow('the file store answered 403 SignatureDoesNotMatch')
  await expect(stranger.read('a/b')).rejects.toThrow('403')
  await s3Store(settings).write('a/b', bytes)
  expect([...bucket.kept.keys()]).toEqual(['/ảnh/a/b'])
})

test.for([
  [507, '', 'storage_full'],
  [500, 'XMinioStorageFull', 'storage_full'],
  [403, 'QuotaExceeded', 'storage_full'],
  [503, 'ServiceUnavailable', 'unavailable'],
  [403, 'SignatureDoesNotMatch', 'defect'],
] as const)('a bucket that answers %s %s is told as what it is', async ([status, code, failure]) => {
  const server = createServer((req, res) => {
    req.resume()
    res.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)
  })
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  onTestFinished(() => void server.close())
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const refused = await s3Store({ ...account, endpoint, pathStyle: true })
    .write('photos/a', Buffer.from('a'))
    .catch((error: unknown) => error)
  expect(refusalFor(refused).code).toBe(failure)
})

/** Accepts a request and then stops responding: at once, or in the middle of a file. */
async function startMuteBucket(firstPiece?: string): Promise<URL> {
  const server = createServer((req, res) => {
    req.resume()
    if (firstPiece) res.writeHead(200, { 'content-length': 1000 }).write(firstPiece)
  })
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

const failureOf = async (asked: Promise<unknown>) => refusalFor(await asked.catch((error: unknown) => error)).code

test('a request to a bucket that does not answer times out, for every operation', async () => {
  const endpoint = await startMuteBucket()
  const store = s3Store({ ...account, endpoint, pathStyle: true }, { answerSeconds: 0.2, silenceSeconds: 1000 })
  expect(await failureOf(store.write('a/b', new Uint8Array([1])))).toBe('unavailable')
  expect(await failureOf(store.read('a/b'))).toBe('unavailable')
  expect(await failureOf(store.remove('a/b'))).toBe('unavailable')
})

test('a bucket that stops in the middle of a file times out; a slow reader does not', async () => {
  const endpoint = await startMuteBucket('một nửa tấm ảnh')
  const store = s3Store({ ...account, endpoint, pathStyle: true }, { answerSeconds: 1000, silenceSeconds: 0.2 })
  const file = await store.read('a/b')
  expect(await failureOf(buffer(file?.stream as NodeJS.ReadableStream))).toBe('unavailable')
  expect(await failureOf(store.write('a/b', new Uint8Array([1])))).toBe('unavailable')
  const [bucket, whole] = [await startBucket(), new Uint8Array(3_000_000).fill(7)]
  onTestFinished(bucket.stop)
  const patient = s3Store(
    { ...account, endpoint: bucket.endpoint, pathStyle: true },
    { answerSeconds: 5, silenceSeconds: 0.2 },
  )
  await patient.write('a/c', whole)
  const { stream } = (await patient.read('a/c')) as NonNullable<Awaited<ReturnType<FileStore['read']>>>
  let read = 0
  for await (const piece of stream) {
    if (read === 0) await new Promise((settle) => setTimeout(settle, 600))
    read += (piece as Uint8Array).byteLength
  }
  expect(read).toBe(whole.byteLength)
})
