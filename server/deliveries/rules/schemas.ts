import { z } from 'zod'
import { disclosureReason } from '#server/disclosures/rules/disclosure.ts'
import { shapeOf } from '#server/platform/rules/filters/schema.ts'
import { deliveryLimits } from '#server/platform/rules/limits.ts'
import { phoneOf } from '#server/platform/rules/phone.ts'
import { typedLine, typedLines } from '#server/platform/rules/text.ts'
import { mailOf } from './channels.ts'
import { deliveryChannels, gatewayKinds } from './delivery.ts'
import { deliveryFilters } from './filters.ts'
import { bodyFormats, gatewayMethods, mostNamedSecrets, problemOfTemplate, secretName } from './template.ts'

const { perMinute } = deliveryLimits
const line = (most: number) => z.string().overwrite(typedLine).max(most, 'too_long')
const lines = (most: number) => z.string().overwrite(typedLines).max(most, 'too_long')

const seen = z.object({ id: z.uuid(), version: z.number().int().positive() })
export type Seen = z.output<typeof seen>

export const deliveryInput = seen
export const chooseChannelInput = seen.extend({ channel: z.enum(deliveryChannels) })
export const toldInput = seen.extend({ note: lines(500).min(1, 'required') })
export const letterInput = z.object({ id: z.uuid(), reason: disclosureReason })

const phone = line(40).refine((typed) => typed === '' || phoneOf(typed) !== null, 'not_a_phone')
const email = line(200).refine((typed) => typed === '' || mailOf({ email: typed }) !== null, 'not_an_email')

/** An empty field keeps the known value, so that correcting one contact needs no disclosure of the others. */
export const correctContactInput = seen
  .extend({ phone, email, address: line(300) })
  .refine((typed) => typed.phone !== '' || typed.email !== '' || typed.address !== '', {
    path: ['phone'],
    error: 'required',
  })
export type CorrectContact = z.output<typeof correctContactInput>

const cursor = z.object({ createdAt: z.date(), id: z.uuid() })
export type DeliveryCursor = z.output<typeof cursor>
export const undeliveredInput = z.object({ cursor: cursor.nullish() })
export const deliveryPageInput = z.object({ ...shapeOf(deliveryFilters), cursor: cursor.nullish() })
export const attemptsInput = z.object({ id: z.uuid() })

const gatewayFields = z.object({
  kind: z.enum(gatewayKinds),
  name: line(80).min(1, 'required'),
  clientId: z.uuid().nullable(),
  address: line(1000),
  method: z.enum(gatewayMethods),
  format: z.enum(bodyFormats),
  headers: lines(4000),
  body: lines(8000),
  acceptedField: line(100),
  acceptedValue: line(100),
  refusedValues: line(200),
  receiptField: line(100),
  receiptNumberField: line(100),
  receiptStateField: line(100),
  deliveredValues: line(200),
  undeliveredValues: line(200),
  withoutAccents: z.boolean(),
  perMinute: z.number({ error: 'required' }).int().min(perMinute.least).max(perMinute.most),
})
export type GatewayFields = z.output<typeof gatewayFields>

const isTemplate = ({ kind }: Pick<GatewayFields, 'kind'>) => kind === 'sms' || kind === 'zalo'

function checkGateway(fields: GatewayFields, add: (path: keyof GatewayFields, error: string) => void): void {
  if (fields.kind === 'app' && fields.clientId === null) add('clientId', 'required')
  if (fields.kind !== 'mail' && !/^https?:\/\/\S+$/i.test(fields.address)) add('address', 'not_an_address')
  const problem = isTemplate(fields) ? problemOfTemplate(fields) : null
  if (problem) add(problem === 'template_header' ? 'headers' : 'body', problem)
}

/** Removes the fields that the kind does not use. */
export function tidiedFields(fields: GatewayFields): GatewayFields {
  const { kind, name, perMinute } = fields
  const unread = { acceptedField: '', acceptedValue: '', refusedValues: '', receiptField: '' }
  const unreported = { receiptNumberField: '', receiptStateField: '', deliveredValues: '', undeliveredValues: '' }
  const none = { headers: '', body: '', ...unread, ...unreported, withoutAccents: true }
  if (isTemplate(fields)) return { ...gatewayFields.parse(fields), clientId: null }
  const fixed = { kind, name, perMinute, method: 'POST', format: 'json', ...none } as const
  return kind === 'mail'
    ? { ...fixed, clientId: null, address: '' }
    : { ...fixed, clientId: fields.clientId, address: fields.address }
}

const checked = <Shape extends z.ZodType<GatewayFields>>(schema: Shape) =>
  schema.superRefine((fields, ctx) =>
    checkGateway(fields, (path, message) => ctx.addIssue({ code: 'custom', path: [path], message })),
  )

const secret = line(2000)
const namedSecrets = z
  .record(z.string().regex(secretName), secret)
  .refine((typed) => Object.keys(typed).length <= mostNamedSecrets, 'template_secrets')

/** Secrets can be set but not read; a separate procedure replaces one. */
export const createGatewayInput = checked(gatewayFields.extend({ secret, namedSecrets: namedSecrets.optional() }))
export type CreateGateway = z.output<typeof createGatewayInput>
export const changeGatewayInput = checked(gatewayFields.extend(seen.shape))
export type ChangeGateway = z.output<typeof changeGatewayInput>
export const gatewayInput = seen
/** `name`: that of a further secret. */
export const replaceSecretInput = seen
  .extend({ secret, name: z.string().regex(secretName).nullish() })
  .refine(({ name, secret }) => !name || secret !== '', { path: ['secret'], error: 'required' })
export const testGatewayInput = seen.extend({ to: line(200) })
