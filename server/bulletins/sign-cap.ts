import { createPublicKey } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import type { AlertKey } from './alert-key.ts'

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/**
 * The XML of a sent alert with the installation's signature as the last element of its root, as CAP 1.2 requires
 * (3.3.4.1). What was not sent is never signed. The same text always has the same signature.
 */
export function signXml(xml: string, key: AlertKey): string {
  const signer = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: rsaSha256,
    canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () => keyInfoOf(key),
  })
  signer.addReference({ xpath: '/*', isEmptyUri: true, transforms: [enveloped, exclusive], digestAlgorithm: sha256 })
  signer.computeSignature(xml, { location: { reference: '/*', action: 'append' } })
  return signer.getSignedXml()
}

/** Which key signed. Whether to trust it is for the reader to decide, by the published one. */
function keyInfoOf({ privateKey, certificates }: AlertKey): string {
  if (certificates.length > 0) {
    const data = certificates.map(({ raw }) => `<X509Certificate>${raw.toString('base64')}</X509Certificate>`)
    return `<X509Data>${data.join('')}</X509Data>`
  }
  const { n = '', e = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const [modulus, exponent] = [n, e].map((part) => Buffer.from(part, 'base64url').toString('base64'))
  return `<KeyValue><RSAKeyValue><Modulus>${modulus}</Modulus><Exponent>${exponent}</Exponent></RSAKeyValue></KeyValue>`
}
