/** A template describes the call of a provider. No provider is built in. */
export const gatewayMethods = ['POST', 'GET'] as const
export type GatewayMethod = (typeof gatewayMethods)[number]
export const bodyFormats = ['json', 'form'] as const
export type BodyFormat = (typeof bodyFormats)[number]

/**
 * Placeholders of a template: the number as 0912… and as 84912…, the text, the kind of message, the report code, the
 * citizen link, the key by which the provider recognises a repetition, the secret of the gateway. Further secrets are
 * `{{secret.name}}`, with names of their own.
 */
export const placeholders = ['phone', 'phone84', 'text', 'kind', 'code', 'link', 'key', 'secret'] as const
export type Placeholder = (typeof placeholders)[number]
type NamedSecret = `secret.${string}`
export type Filling = Record<Placeholder, string> & { [name: NamedSecret]: string }

export type GatewayTemplate = {
  address: string
  method: GatewayMethod
  format: BodyFormat
  headers: string
  body: string
}

const marker = /\{\{\s*([^{}]*?)\s*\}\}/g
/** The name of a further secret. */
export const secretName = /^[a-z][a-z0-9_]{0,29}$/
export const mostNamedSecrets = 10
const prefix = 'secret.'
const isNamedSecret = (name: string): name is NamedSecret =>
  name.startsWith(prefix) && secretName.test(name.slice(prefix.length))
const isPlaceholder = (name: string): name is Placeholder | NamedSecret =>
  (placeholders as readonly string[]).includes(name) || isNamedSecret(name)

export type TemplateProblem =
  | 'template_unknown'
  | 'template_secrets'
  | 'template_json'
  | 'template_form'
  | 'template_header'
  | 'template_to'

/** The problem of a template; null if any values can be filled in. */
export function problemOfTemplate(template: GatewayTemplate): TemplateProblem | null {
  const { address, format, headers, body, method } = template
  if (!namesIn(template).every(isPlaceholder)) return 'template_unknown'
  if (namedSecretsOf(template).length > mostNamedSecrets) return 'template_secrets'
  if (/\{\{/.test(originOf(address))) return 'template_unknown'
  const said = method === 'GET' ? address : `${address}\n${body}`
  if (!/\{\{\s*phone(84)?\s*\}\}/.test(said) || !/\{\{\s*(text|link|code)\s*\}\}/.test(said)) return 'template_to'
  if (!linesOf(headers).every((line) => /^[A-Za-z0-9-]+:/.test(line) && headerForm.test(line.replace(marker, 'x'))))
    return 'template_header'
  if (linesOf(headers).some((line) => reserved.test(line))) return 'template_header'
  if (method === 'GET') return null
  if (format === 'form') return linesOf(body).every((line) => /^[^=\s]+=/.test(line)) ? null : 'template_form'
  return parsed(body) === undefined ? 'template_json' : null
}

const headerForm = /^[A-Za-z0-9-]+:[ \t]*[\x20-\x7e]*$/
/** Headers that the call itself sets. */
const reserved = /^(host|content-length|transfer-encoding|connection|content-type|idempotency-key)\s*:/i

const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

export const headerNames = (headers: string): string[] => linesOf(headers).map((line) => line.split(':')[0] ?? '')

const originOf = (address: string): string => /^[a-z]+:\/\/[^/?#]*/i.exec(address)?.[0] ?? address

function parsed(body: string, reviver?: Parameters<typeof JSON.parse>[1]): unknown {
  try {
    return JSON.parse(body, reviver)
  } catch {
    return undefined
  }
}

type Texts = Pick<GatewayTemplate, 'address' | 'headers' | 'body'>

const namesIn = ({ address, headers, body }: Texts): string[] =>
  [...`${address}\n${headers}\n${body}`.matchAll(marker)].map(([, name]) => name ?? '')

/** Whether the call needs the secret. */
export const usesSecret = (template: Texts): boolean => namesIn(template).includes('secret')

/** The names of the further secrets that the call needs. */
export const namedSecretsOf = (template: Texts): string[] => [
  ...new Set(
    namesIn(template)
      .filter(isNamedSecret)
      .map((name) => name.slice(prefix.length)),
  ),
]

/** How a template writes a secret; null: the one without a name. */
export const placeholderOf = (name: string | null): string => (name === null ? '{{secret}}' : `{{${prefix}${name}}}`)

const filledIn = (name: string, filling: Filling): string => (isPlaceholder(name) ? (filling[name] ?? '') : '')

const fill = (text: string, filling: Filling): string =>
  text.replace(marker, (_, name: string) => filledIn(name, filling))

/** Replaces placeholders within parsed values, so that no content can change the structure of the JSON. */
function filled(value: unknown, filling: Filling): unknown {
  if (typeof value === 'string') return fill(value, filling)
  if (Array.isArray(value)) return value.map((each) => filled(each, filling))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, filling)]))
}

export type FilledCall = {
  address: string
  method: GatewayMethod
  headers: Record<string, string>
  body?: string
}

/** The call of a gateway for one message, with every value escaped for its place. */
export function filledCall(template: GatewayTemplate, filling: Filling): FilledCall {
  const address = template.address.replace(marker, (_, name: string) => encodeURIComponent(filledIn(name, filling)))
  const own = linesOf(template.headers).map((line): [string, string] => {
    const at = line.indexOf(':')
    // Headers must not contain line breaks, and HTTP refuses characters outside Latin-1.
    const value = fill(line.slice(at + 1).trim(), filling).replace(/[^\x20-\x7e]+/g, ' ')
    return [line.slice(0, at).toLowerCase(), value]
  })
  const headers = { 'idempotency-key': filling.key, ...Object.fromEntries(own) }
  if (template.method === 'GET') return { address, method: 'GET', headers }
  if (template.format === 'json') {
    const body = JSON.stringify(filled(parsed(template.body), filling))
    return { address, method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body }
  }
  const fields = linesOf(template.body).map((line): [string, string] => {
    const at = line.indexOf('=')
    return [line.slice(0, at).trim(), fill(line.slice(at + 1), filling)]
  })
  const type = 'application/x-www-form-urlencoded'
  const body = new URLSearchParams(fields).toString()
  return { address, method: 'POST', headers: { ...headers, 'content-type': type }, body }
}

/** Keeps every digit of a number that JavaScript would round. */
const exactly = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? (context?.source ?? value) : value

/** The plain value at a path of a JSON text, such as `data.messages.0.id`; null if there is none. */
export function valueAt(body: string, place: string): string | null {
  let value = parsed(body, exactly)
  for (const part of place.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return null
    value = (value as Record<string, unknown>)[part]
  }
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : null
}

export type Acceptance = { acceptedField: string; acceptedValue: string; receiptField: string }

/** Whether the body of a successful answer confirms that the message was accepted. */
export const isAccepted = (body: string, { acceptedField, acceptedValue }: Acceptance): boolean =>
  acceptedField === '' || valueAt(body, acceptedField) === acceptedValue

/** Whether an answer refuses the number: the next channel is tried, and the gateway counts as healthy. */
export function isNumberRefused(body: string, { acceptedField, refusedValues }: Refusal): boolean {
  const value = acceptedField === '' ? null : valueAt(body, acceptedField)
  return value !== null && valuesIn(refusedValues).includes(value)
}

export type Refusal = { acceptedField: string; refusedValues: string }
/** The values of a field that lists them with commas. */
export const valuesIn = (typed: string): string[] =>
  typed
    .split(',')
    .map((value) => value.trim())
    .filter(Boolean)

/** The form of a message number; anything else may be personal data. */
export const messageNumber = /^[\w.:@<>/+=-]{1,100}$/

/**
 * The provider's message number; null if the value does not look like one, because an answer may repeat the number or
 * the text.
 */
export function receiptIn(body: string, { receiptField }: Acceptance, { phone, phone84 }: Filling): string | null {
  const value = receiptField === '' ? null : valueAt(body, receiptField)
  if (value === null || !messageNumber.test(value)) return null
  const digits = value.replace(/\D/g, '')
  return [phone, phone84].some((number) => number !== '' && digits.includes(number.slice(-9))) ? null : value
}
