import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

type Asked = { challenge: string; rp?: { id?: string }; rpId?: string }

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest()
const userPresent = 0x01
const userVerified = 0x04
const withKey = 0x40

/** A security key in software: it creates one passkey and signs with it. */
export class Authenticator {
  readonly #origin: string
  readonly #id = randomBytes(32)
  readonly #privateKey: KeyObject
  readonly #coordinates: { x: string; y: string }
  /** How often it has signed; a test may decrease it, as on a clone. */
  counter = 0

  constructor(origin: string) {
    this.#origin = origin
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#privateKey = privateKey
    this.#coordinates = publicKey.export({ format: 'jwk' }) as { x: string; y: string }
  }

  register({ challenge, rp }: Asked) {
    const key = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(this.#coordinates.x, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(this.#coordinates.y, 'base64url'))],
    ])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.#id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, this.#id, isoCBOR.encode(key)])
    const authData = new Uint8Array(Buffer.concat([this.#authData(rp?.id ?? '', withKey), attested]))
    const statement = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ])
    return this.#credential({
      clientDataJSON: this.#clientData('webauthn.create', challenge),
      attestationObject: Buffer.from(isoCBOR.encode(statement as never)).toString('base64url'),
    })
  }

  sign({ challenge, rpId }: Asked) {
    this.counter += 1
    const authenticatorData = this.#authData(rpId ?? '', 0)
    const clientDataJSON = this.#clientData('webauthn.get', challenge)
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    return this.#credential({
      clientDataJSON,
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', signed, this.#privateKey).toString('base64url'),
    })
  }

  #credential<Response>(response: Response) {
    const id = this.#id.toString('base64url')
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response }
  }

  #authData(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(rpId), Buffer.from([userPresent | userVerified | flags]), counter])
  }

  #clientData(type: string, challenge: string): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin })).toString('base64url')
  }
}
