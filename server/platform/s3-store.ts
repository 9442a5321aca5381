import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import type { FileStore } from './files.ts'
import { storeAway } from './rules/failure.ts'

export type S3Settings = {
  endpoint: URL
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** The bucket stands in the path and not before the host: so most servers but Amazon's want it. */
  pathStyle: boolean
}

/** Until the server begins to answer; how long a large photo then takes is the network's business. */
const patienceMillis = 30_000

const silence = (host: string) => Object.assign(new Error(`${host} does not answer`), { code: storeAway })

/** A bucket of any server that speaks S3. Each request is signed, uploads with the digest of their bytes. */
export function s3Store({ endpoint, bucket, region, accessKeyId, secretAccessKey, pathStyle }: S3Settings): FileStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const base = new URL(endpoint)
  if (pathStyle) base.pathname = `${base.pathname.replace(/\/$/, '')}/${bucket}`
  else base.hostname = `${bucket}.${base.hostname}`

  async function ask(method: 'GET' | 'PUT' | 'DELETE', key: string, bytes?: Uint8Array): Promise<Response> {
    if (key.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw new Error(`a key that leaves the store: ${key}`)
    }
    const address = `${base.href.replace(/\/$/, '')}/${key.split('/').map(encodeURIComponent).join('/')}`
    const giveUp = new AbortController()
    const patience = setTimeout(() => giveUp.abort(silence(base.host)), patienceMillis)
    try {
      return await client.fetch(address, {
        method,
        signal: giveUp.signal,
        ...(bytes && {
          body: new Uint8Array(bytes),
          headers: { 'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex') },
        }),
      })
    } finally {
      clearTimeout(patience)
    }
  }

  return {
    async write(key, bytes) {
      await settled(await ask('PUT', key, bytes))
    },
    async read(key) {
      const answer = await ask('GET', key)
      if (answer.status === 404) return settled(answer, 404)
      if (!answer.ok || !answer.body) return settled(answer)
      const bytes = answer.headers.get('content-length')
      if (bytes !== null) return { bytes: Number(bytes), stream: Readable.fromWeb(answer.body as ReadableStream) }
      // Some servers do not say how long it is; whoever asked for it must.
      const whole = Buffer.from(await answer.arrayBuffer())
      return { bytes: whole.byteLength, stream: Readable.from([whole]) }
    },
    async remove(key) {
      await settled(await ask('DELETE', key), 404)
    },
  }
}

/** What servers that speak S3 say of a disk or a quota that is used up. */
const fullWords = new Set(['XMinioStorageFull', 'InsufficientStorage', 'InsufficientCapacity', 'QuotaExceeded'])

/** Reads the answer to its end, so that the connection can be used again; what went wrong is told with what the server says. */
async function settled(answer: Response, also?: number): Promise<null> {
  const said = await answer.text()
  if (answer.ok || answer.status === also) return null
  const code = /<Code>([^<]*)<\/Code>/.exec(said)?.[1]
  const message = `the file store answered ${[answer.status, code].filter(Boolean).join(' ')}`
  const isFull = answer.status === 507 || fullWords.has(code ?? '')
  throw Object.assign(new Error(message), isFull ? { code: 'ENOSPC' } : answer.status >= 500 && { code: storeAway })
}
