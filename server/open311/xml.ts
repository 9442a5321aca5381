import { XMLBuilder } from 'fast-xml-parser'
import { withXmlText } from '#server/bulletins/xml-text.ts'

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: false })

/** A document of the standard as XML. What is absent is an empty element; a line break comes back as it was sent. */
export function xmlOf(tree: object): string {
  const filled = JSON.parse(JSON.stringify(withXmlText(tree)), (_, value) => value ?? '')
  const declared = { '?xml': { '@version': '1.0', '@encoding': 'utf-8' }, ...filled }
  return builder.build(declared).replaceAll('\r', '&#13;')
}
