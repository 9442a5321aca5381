import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import type { ReadableStream } from 'node:stream/web'
import { AwsClient } from 'aws4fetch'
import type { FileStore } from './files.ts'
import { storeAway } from './rules/failure.ts'
import { outsideLimits } from './rules/limits.ts'

export type S3Settings = {
  endpoint: URL
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** The bucket is in the path, not in the host name: most servers other than Amazon's require this. */
  pathStyle: boolean
}

/**
 * Until the server begins to answer, and then between two pieces. The total time for a large photo is not limited.
 */
type TimeLimits = { answerSeconds: number; silenceSeconds: number }

const silence = (host: string) => Object.assign(new Error(`${host} does not answer`), { code: storeAway })

/** A bucket of any S3-compatible server. Each request is signed, uploads with the digest of their bytes. */
export function s3Store(
  { endpoint, bucket, region, accessKeyId, secretAccessKey, pathStyle }: S3Settings,
  timeLimits: TimeLimits = outsideLimits.files,
): FileStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const base = new URL(endpoint)
  if (pathStyle) base.pathname = `${base.pathname.replace(/\/$/, '')}/${bucket}`
  else base.hostname = `${bucket}.${base.hostname}`

  async function ask(method: 'GET' | 'PUT' | 'DELETE', key: string, bytes?: Uint8Array) {
    if (key.split('/').some((part) => part === '' || part === '.' || part === '..')) {
      throw new Error(`a key that leaves the store: ${key}`)
    }
    const address = `${base.href.replace(/\/$/, '')}/${key.split('/').map(encodeURIComponent).join('/')}`
    const line = new Line(base.host)
    line.expectWithin(timeLimits.answerSeconds)
    try {
      const answer = await client.fetch(address, {
        method,
        signal: line.signal,
        ...(bytes && {
          body: new Uint8Array(bytes),
          headers: { 'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex') },
        }),
      })
      return { answer, pieces: piecesOf(answer, line, timeLimits.silenceSeconds), hangUp: () => line.hangUp() }
    } finally {
      line.rest()
    }
  }

  return {
    async write(key, bytes) {
      await settled(await ask('PUT', key, bytes))
    },
    async read(key) {
      const asked = await ask('GET', key)
      const { answer, pieces } = asked
      if (answer.status === 404) return settled(asked, 404)
      if (!answer.ok || !answer.body) return settled(asked)
      const bytes = answer.headers.get('content-length')
      if (bytes !== null) {
        // A reader that closes the stream, even before its first piece, ends the connection.
        const stream = Readable.from(pieces, { objectMode: false }).once('close', asked.hangUp)
        return { bytes: Number(bytes), stream }
      }
      // Some servers do not send the length, but our response needs it.
      const whole = await buffer(pieces)
      return { bytes: whole.byteLength, stream: Readable.from([whole]) }
    },
    async remove(key) {
      await settled(await ask('DELETE', key), 404)
    },
  }
}

/** One exchange with the server, aborted if nothing arrives within the expected time. */
class Line {
  readonly #giveUp = new AbortController()
  readonly #host: string
  #timer: NodeJS.Timeout | undefined

  constructor(host: string) {
    this.#host = host
  }

  get signal(): AbortSignal {
    return this.#giveUp.signal
  }

  expectWithin(seconds: number): void {
    this.rest()
    this.#timer = setTimeout(() => this.#giveUp.abort(silence(this.#host)), seconds * 1000)
  }

  rest(): void {
    clearTimeout(this.#timer)
  }

  hangUp(): void {
    this.rest()
    this.#giveUp.abort()
  }
}

/** The pieces of the response. While the reader is busy with a piece, no time-out runs. */
async function* piecesOf({ body }: Response, line: Line, silenceSeconds: number): AsyncGenerator<Uint8Array> {
  if (!body) return
  try {
    line.expectWithin(silenceSeconds)
    for await (const piece of body as ReadableStream<Uint8Array>) {
      line.rest()
      yield piece
      line.expectWithin(silenceSeconds)
    }
  } finally {
    line.rest()
  }
}

type Asked = { answer: Response; pieces: AsyncIterable<Uint8Array> }

/** The error codes of S3-compatible servers for a full disk or an exhausted quota. */
const fullWords = new Set(['XMinioStorageFull', 'InsufficientStorage', 'InsufficientCapacity', 'QuotaExceeded'])

/**
 * Reads the response to its end, so that the connection can be reused. Throws an error with the server's code if the
 * request failed.
 */
async function settled({ answer, pieces }: Asked, also?: number): Promise<null> {
  const said = await text(pieces)
  if (answer.ok || answer.status === also) return null
  const code = /<Code>([^<]*)<\/Code>/.exec(said)?.[1]
  const message = `the file store answered ${[answer.status, code].filter(Boolean).join(' ')}`
  const isFull = answer.status === 507 || fullWords.has(code ?? '')
  throw Object.assign(new Error(message), isFull ? { code: 'ENOSPC' } : answer.status >= 500 && { code: storeAway })
}
