import { XMLBuilder } from 'fast-xml-parser'
import type { CapArea, CapGeocode, CapInfo, CapMessage } from './rules/cap.ts'
import { withXmlText } from './xml-text.ts'

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  format: true,
  indentBy: '  ',
  suppressEmptyNode: true,
})

/** The schema requires the parts in this order; the JSON in the database has none. */
const order = {
  alert: ['identifier', 'sender', 'sent', 'status', 'msgType', 'scope', 'note', 'references', 'info'],
  info: [
    'language',
    'category',
    'event',
    'responseType',
    'urgency',
    'severity',
    'certainty',
    'effective',
    'onset',
    'expires',
    'senderName',
    'headline',
    'description',
    'instruction',
    'web',
    'contact',
    'area',
  ],
  area: ['areaDesc', 'polygon'],
  geocode: ['valueName', 'value'],
} as const satisfies {
  alert: (keyof CapMessage)[]
  info: (keyof CapInfo)[]
  area: Exclude<keyof CapArea, 'geocode'>[]
  geocode: (keyof CapGeocode)[]
}

function ordered<T extends object>(parts: T, names: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(
    names.filter((name) => parts[name] !== undefined).map((name) => [name, parts[name]]),
  ) as Partial<T>
}

/** A CAP message as the XML that is sent. */
export function capXml(sent: CapMessage): string {
  const message = withXmlText(sent)
  const info = message.info.map((part) => ({
    ...ordered(part, order.info),
    area: part.area.map(({ geocode, ...area }) => ({
      ...ordered(area, order.area),
      ...(geocode && { geocode: geocode.map((code) => ordered(code, order.geocode)) }),
    })),
  }))
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    alert: { '@xmlns': 'urn:oasis:names:tc:emergency:cap:1.2', ...ordered(message, order.alert), info },
  })
}
