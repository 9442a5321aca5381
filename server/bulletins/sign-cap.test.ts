import { createPublicKey, generateKeyPairSync, webcrypto } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import 'reflect-metadata'
import { X509CertificateGenerator } from '@peculiar/x509'
import { afterAll, expect, test } from 'vitest'
import { keyIn, storedKey } from './alert-key.ts'
import { isSignedBy } from './http/testing/verify-signature.ts'
import { signXml } from './sign-cap.ts'

const folder = mkdtempSync(join(tmpdir(), 'cap-key-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const alert = `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>hanoi-1</identifier>
  <info>
    <headline>Sơ tán ngay &amp; không đi qua cầu “Long Biên”</headline>
  </info>
</alert>
`
const exponent = new Uint8Array([1, 0, 1])
const privatePem = (bits = 2048) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const publicPem = (pem: string) => createPublicKey(pem).export({ type: 'spki', format: 'pem' }) as string

test('a signed alert is accepted as it is, and with nothing changed', async () => {
  const key = await storedKey(join(folder, 'one.pem'))
  const signed = signXml(alert, key)
  expect(await isSignedBy(key.published, signed)).toBe(true)
  expect(signXml(alert, key)).toBe(signed)
  expect(await isSignedBy(key.published, signed.replace('Sơ tán ngay', 'Cứ ở nhà'))).toBe(false)
  expect(await isSignedBy(key.published, signed.replace('<info>', '<note>x</note><info>'))).toBe(false)
  expect(await isSignedBy(key.published, alert)).toBe(false)
  expect(await isSignedBy(publicPem(privatePem()), signed)).toBe(false)
})

test('a key is generated once, for the account of the desk alone, however many begin at the same moment', async () => {
  const file = join(folder, 'new', 'key.pem')
  const keys = await Promise.all([storedKey(file), storedKey(file), storedKey(file)])
  expect(new Set(keys.map(({ published }) => published)).size).toBe(1)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect((await storedKey(file)).published).toBe(keys[0]?.published)
  expect(readFileSync(file, 'utf8')).not.toContain('PUBLIC KEY')
})

test('in production a missing key is reported, and none is generated', async () => {
  const file = join(folder, 'lost.pem')
  await expect(storedKey(file, { mayMake: false })).rejects.toThrow(`openssl genpkey`)
  expect(existsSync(file)).toBe(false)
})

test('what cannot be accessed is not taken for absent', async () => {
  const inFile = join(folder, 'one.pem', 'key.pem')
  await expect(storedKey(inFile, { mayMake: false })).rejects.toThrow('cannot be read')
})

test('after a rotation the new key signs, and both are published, neither with its private half', async () => {
  const [old, next] = [privatePem(), privatePem()]
  const former = { ...keyIn(old), changedAt: new Date() }
  for (const kept of [old, publicPem(old)]) {
    const key = { ...keyIn(`${next}${kept}`), changedAt: new Date() }
    expect(key.published).toBe(publicPem(next) + publicPem(old))
    expect(await isSignedBy(publicPem(next), signXml(alert, key))).toBe(true)
    expect(await isSignedBy(publicPem(old), signXml(alert, former))).toBe(true)
  }
})

test('a certificate of the key is sent with the signature and is what is published', async () => {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: exponent }
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned(
    { name: 'CN=alerts.example', keys: keys as unknown as CryptoKeyPair, signingAlgorithm: algorithm },
    webcrypto as unknown as Crypto,
  )
  const own = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const pem = `-----BEGIN PRIVATE KEY-----\n${own}\n-----END PRIVATE KEY-----\n${certificate.toString('pem')}\n`
  const key = { ...keyIn(pem), changedAt: new Date() }
  expect(key.published).toMatch(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n$/)
  const signed = signXml(alert, key)
  expect(signed).toContain('<X509Certificate>')
  expect(await isSignedBy(key.published, signed)).toBe(true)
})

test.for([
  ['no key', 'nothing here', 'holds no private key'],
  ['a public key only', publicPem(privatePem()), 'holds no private key'],
  ['a short key', privatePem(1024), 'at least 2048 bits'],
  [
    'a key of another kind',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    'holds no RSA key',
  ],
] as const)('a file with %s is refused by the name of its variable', async ([, text, words]) => {
  const file = join(folder, 'wrong.pem')
  writeFileSync(file, text)
  await expect(storedKey(file)).rejects.toThrow('CAP_KEY_FILE')
  await expect(storedKey(file)).rejects.toThrow(words)
})
