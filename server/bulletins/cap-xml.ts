import { XMLBuilder } from 'fast-xml-parser'
import type { CapMessage } from './rules/cap.ts'

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  indentBy: '  ',
  suppressEmptyNode: true,
})

/** A CAP message as the XML that is sent. */
export function capXml(message: CapMessage): string {
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    alert: { '@xmlns': 'urn:oasis:names:tc:emergency:cap:1.2', ...message },
  })
}
