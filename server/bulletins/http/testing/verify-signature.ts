import { createPublicKey, webcrypto } from 'node:crypto'
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom'
import { setNodeDependencies } from 'xml-core'
import { Application, Parse, SignedXml } from 'xmldsigjs'
import xpath from 'xpath'

setNodeDependencies({ DOMImplementation, DOMParser, XMLSerializer, xpath })
Application.setEngine('node', webcrypto as unknown as Crypto)

const signatures = 'http://www.w3.org/2000/09/xmldsig#'

/**
 * Whether the last element of the root is a signature of the whole document by this key: verified by an independent
 * implementation.
 */
export async function isSignedBy(pem: string, xml: string): Promise<boolean> {
  const document = Parse(xml)
  const last = document.documentElement?.lastChild
  if (last?.nodeName !== 'Signature' || (last as Element).namespaceURI !== signatures) return false
  const signed = new SignedXml(document)
  signed.LoadXml(last as Element)
  const [reference] = signed.XmlSignature.SignedInfo.References.GetIterator()
  if (signed.XmlSignature.SignedInfo.References.Count !== 1 || reference?.Uri !== '') return false
  const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const key = await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify'])
  return signed.Verify(key as CryptoKey).catch((error: Error) => {
    if (error.message.includes('Invalid digest')) return false
    throw error
  })
}
