import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomUUID,
  X509Certificate,
} from 'node:crypto'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { SetupError } from '#db/setup-error.ts'
import { environment } from '#server/platform/environment.ts'
import { log } from '#server/platform/log.ts'

export type AlertKey = {
  privateKey: KeyObject
  /** Certificates of this key, in the order of the file; empty where it has none. */
  certificates: readonly X509Certificate[]
  /** What readers verify alerts with, as PEM: the key in use or its certificates, and former ones. */
  published: string
  changedAt: Date
}

const newKeyBits = 3072
const leastKeyBits = 2048

/** By the file it is in. */
const known = new Map<string, Promise<AlertKey>>()

/**
 * The key of the installation that signs its alerts. In production it is never generated implicitly: readers trust the
 * one that they know, and a lost one must not be replaced silently.
 */
export function alertKey(): Promise<AlertKey> {
  const { capKeyFile, production, demo } = environment()
  const key =
    known.get(capKeyFile) ??
    storedKey(capKeyFile, { mayMake: !production || demo }).catch((error: unknown) => {
      known.delete(capKeyFile)
      throw error
    })
  known.set(capKeyFile, key)
  return key
}

export class NoAlertKey extends SetupError {
  constructor(file: string) {
    const make = `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:${newKeyBits} -out ${file}`
    super(
      `CAP_KEY_FILE: there is no key at ${file}, and alerts are not signed without. Put it back from the backup; where there never was one, make it: ${make}`,
    )
  }
}

/** Whether alerts can be signed; always true where a key may be generated. */
export async function hasAlertKey(): Promise<boolean> {
  const { production, demo } = environment()
  if (!production || demo) return true
  return alertKey().then(
    () => true,
    () => false,
  )
}

/**
 * A key is generated where there is none, completely or not at all, and never over one that another process has just
 * written.
 */
export async function storedKey(file: string, { mayMake = true } = {}): Promise<AlertKey> {
  try {
    if (!(await isThere(file))) {
      if (!mayMake) throw new NoAlertKey(file)
      await placeNewKey(file)
    }
    return { ...keyIn(await readFile(file, 'utf8')), changedAt: (await stat(file)).mtime }
  } catch (error) {
    if (error instanceof SetupError) throw error
    throw new SetupError(`CAP_KEY_FILE: ${file} cannot be read or made.`, error)
  }
}

/** A file that cannot be accessed may still exist. */
async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

async function placeNewKey(file: string): Promise<void> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: newKeyBits })
  await mkdir(dirname(file), { recursive: true })
  const beside = `${file}.${randomUUID()}`
  await writeFile(beside, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  try {
    await link(beside, file)
    log.info({ file }, 'a key that signs the alerts was made')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(beside, { force: true })
  }
}

const pemBlocks = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g

/** What a key file contains: the first private key signs; the rest is published, private keys as public ones. */
export function keyIn(text: string): Omit<AlertKey, 'changedAt'> {
  const [own, ...former] = [...text.matchAll(pemBlocks)].sort((a, b) => Number(isPrivate(b)) - Number(isPrivate(a)))
  if (!own || !isPrivate(own)) throw new SetupError('CAP_KEY_FILE holds no private key.')
  const privateKey = privateKeyOf(own[0])
  const publicKey = createPublicKey(privateKey)
  const isOwn = (certificate: X509Certificate) => certificate.publicKey.equals(publicKey)
  const certificates = former.filter(([, kind]) => kind === 'CERTIFICATE').map(([pem]) => new X509Certificate(pem))
  const owned = certificates.filter(isOwn)
  const others = former.map((block) => (isPrivate(block) ? pemOf(createPublicKey(privateKeyOf(block[0]))) : block[0]))
  const published = owned.length > 0 ? others : [pemOf(publicKey), ...others]
  return { privateKey, certificates: owned, published: `${published.map((pem) => pem.trim()).join('\n')}\n` }
}

const isPrivate = ([, kind = '']: RegExpMatchArray): boolean => kind.endsWith('PRIVATE KEY')
const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string

function privateKeyOf(pem: string): KeyObject {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch (error) {
    throw new SetupError('CAP_KEY_FILE holds a private key that cannot be read: PEM without a pass phrase is.', error)
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (key.asymmetricKeyType !== 'rsa' || bits < leastKeyBits)
    throw new SetupError(`CAP_KEY_FILE holds no RSA key of at least ${leastKeyBits} bits.`)
  return key
}
