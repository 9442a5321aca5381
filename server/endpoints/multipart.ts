import type { IncomingMessage } from 'node:http'
import { setImmediate as settled } from 'node:timers/promises'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { DomainError } from '#server/platform/errors.ts'
import { bodyParts, readPast } from './photos.ts'

export type SentForm = { fields: URLSearchParams; photos: readonly Uint8Array[] }

/** What a form may have: bytes in all, bytes of names and texts, parts, and photos. */
export type FormLimits = { bytes: number; textBytes: number; parts: number; photos: number }

/**
 * More than `afterBytes` are read only once `admit` has accepted the sender by the fields read until then. Where it
 * refuses, nothing more is kept.
 */
export type Admission = { afterBytes: number; admit: (fields: URLSearchParams) => Promise<void> }

const faults = {
  boundary: () => 'the Content-Type must name one boundary',
  unreadable: () => 'the parts of the form cannot be read',
  parts: (most: number) => `the form may have at most ${most} parts`,
  photos: (most: number) => (most === 1 ? 'the form may have one photo' : `the form may have ${most} photos`),
}

/** Why a form is refused, with words for developers of programs. */
export class FormFault extends DomainError {
  readonly words: string

  constructor(fault: keyof typeof faults, most = 0) {
    if (fault === 'photos') super('too_many_photos', { most })
    else super('bad_input')
    this.words = faults[fault](most)
  }
}

const multipart = /^\s*multipart\/form-data(?:\s*;\s*[\w-]+=(?:"[^"\\]*"|[^\s;"]+))+\s*$/i
/** The longest boundary that RFC 2046 allows. */
const longestBoundary = 70

export const isMultipart = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  /^\s*multipart\/form-data\s*(?:;|$)/i.test(headers['content-type'] ?? '')

/** The boundary of the parts, as every reader of the header understands it: a header with two of them is refused. */
function boundaryOf(type: string): string {
  const parameters = multipart.test(type) ? [...type.matchAll(/;\s*([\w-]+)=(?:"([^"\\]*)"|([^\s;"]+))/g)] : []
  const [boundary, second] = parameters.filter(([, name]) => name?.toLowerCase() === 'boundary')
  const named = boundary?.[2] ?? boundary?.[3] ?? ''
  if (named === '' || named.length > longestBoundary || second) throw new FormFault('boundary')
  return named
}

/** Reads a form in parts. The rest of a refused one is discarded for a while, so that its sender gets the refusal. */
export async function readMultipart(
  request: IncomingMessage,
  limits: FormLimits,
  admission?: Admission,
): Promise<SentForm> {
  try {
    if (Number(request.headers['content-length']) > limits.bytes) throw tooLarge(limits)
    return await formOf(bodyParts(request), boundaryOf(request.headers['content-type'] ?? ''), limits, admission)
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'upload_stalled')) await readPast(request)
    throw error
  }
}

/** The same for the handler of a page. */
export const readWebForm = (request: Request, limits: FormLimits): Promise<SentForm> =>
  formOf(request.body ?? [], boundaryOf(request.headers.get('content-type') ?? ''), limits)

const tooLarge = ({ bytes }: Pick<FormLimits, 'bytes'>) => new DomainError('body_too_large', { bytes })

/** Reads the parts while they arrive, and no further than the first limit that they exceed. */
export async function formOf(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  boundary: string,
  limits: FormLimits,
  admission?: Admission,
): Promise<SentForm> {
  const collected = new Collected(boundary, limits)
  let [size, isAdmitted] = [0, admission === undefined]
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength
      if (size > limits.bytes) throw tooLarge(limits)
      await collected.take(chunk)
      if (!isAdmitted && size > (admission?.afterBytes ?? 0)) {
        await settled()
        await admission?.admit(collected.fields)
        isAdmitted = true
      }
    }
    return await collected.end()
  } finally {
    collected.stop()
  }
}

/** The fields and photos that were read until now. */
class Collected {
  readonly fields = new URLSearchParams()
  readonly #photos: Uint8Array[] = []
  readonly #limits: FormLimits
  readonly #parser: BusboyInstance
  readonly #ended = Promise.withResolvers<void>()
  #refusal: DomainError | null = null
  #textBytes = 0
  #begun = 0

  constructor(boundary: string, limits: FormLimits) {
    this.#limits = limits
    this.#parser = new Busboy({
      headers: { 'content-type': `multipart/form-data; boundary="${boundary}"` },
      // Many libraries give a part in JSON the name of a file.
      isPartAFile: (_, type, file) => file !== undefined && type !== 'application/json',
      limits: { parts: limits.parts, fieldSize: limits.textBytes, headerPairs: 16, headerSize: 8000 },
    })
    this.#parser
      .on('partsLimit', () => this.#refuse(new FormFault('parts', limits.parts)))
      .on('field', (name, value, _, isCut) => this.#field(name, value, isCut))
      .on('file', (_, file) => this.#file(file))
      .on('finish', this.#ended.resolve)
      .on('error', () => this.#ended.reject(new FormFault('unreadable')))
    // Awaited with the next chunk; a refusal may come before.
    this.#ended.promise.catch(() => undefined)
  }

  async take(chunk: Uint8Array): Promise<void> {
    const { promise: taken, resolve } = Promise.withResolvers<void>()
    this.#parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), () => resolve())
    await Promise.race([taken, this.#ended.promise])
    if (this.#refusal) throw this.#refusal
  }

  async end(): Promise<SentForm> {
    this.#parser.end()
    await this.#ended.promise
    if (this.#refusal) throw this.#refusal
    return { fields: this.fields, photos: this.#photos }
  }

  stop(): void {
    this.#parser.destroy()
  }

  #refuse(refusal: DomainError): void {
    this.#refusal ??= refusal
  }

  #field(name: string | undefined, value: string, isCut: boolean): void {
    if (name === undefined) return
    this.#textBytes += Buffer.byteLength(name) + Buffer.byteLength(value)
    const { textBytes } = this.#limits
    if (isCut || this.#textBytes > textBytes) this.#refuse(tooLarge({ bytes: textBytes }))
    else this.fields.append(name, value)
  }

  /** A file input in which nothing was chosen is sent as a file without content. */
  #file(file: NodeJS.ReadableStream): void {
    const pieces: Buffer[] = []
    file.on('data', (piece: Buffer) => {
      if (pieces.length === 0 && ++this.#begun > this.#limits.photos) {
        this.#refuse(new FormFault('photos', this.#limits.photos))
      }
      if (!this.#refusal) pieces.push(piece)
    })
    file.on('end', () => {
      if (pieces.length > 0) this.#photos.push(Buffer.concat(pieces))
    })
    // Reported by the parser, too.
    file.on('error', () => undefined)
  }
}
