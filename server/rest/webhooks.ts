import { z } from 'zod'
import type { ZodOpenApiPathItemObject } from 'zod-openapi'
import { type DeliveryKind, deliveryKinds, webhookPayloads } from '#server/webhooks/rules/payload.ts'

const summaries: Readonly<Record<DeliveryKind, string>> = {
  'report.received': 'A report was received',
  'report.assigned': 'A report was given to an agency',
  'report.state_changed': 'The public state of a report changed in another way',
  'report.information_requested': 'The sender of a report was asked for information',
  'report.answered': 'An answer or a refusal was sent to the sender of a report',
  'report.rated': 'The sender of a report rated the answer',
  'report.reopened': 'A report is worked on again',
  'bulletin.published': 'A bulletin, or a correction of it, was published',
  'bulletin.withdrawn': 'A bulletin was withdrawn or taken down',
  'webhook.test': 'An administrator of the desk sent a test',
}

const header = z.object({
  'webhook-id': z.string().meta({ description: 'Stays the same for every try: ignore what you have handled' }),
  'webhook-timestamp': z.string().meta({ description: 'When this try is sent, in seconds since 1970' }),
  'webhook-signature': z.string().meta({ description: 'Standard Webhooks, `v1`; two while a secret is replaced' }),
})

/** The `webhooks` section of the OpenAPI document: deliveries, signed as Standard Webhooks defines. */
export const webhookItems = (): Record<string, ZodOpenApiPathItemObject> =>
  Object.fromEntries(
    deliveryKinds.map((kind) => [
      kind,
      {
        post: {
          operationId: `webhook_${kind.replace('.', '_')}`,
          tags: ['webhooks'],
          summary: summaries[kind],
          security: [],
          requestParams: { header },
          requestBody: { required: true, content: { 'application/json': { schema: webhookPayloads[kind] } } },
          responses: {
            '2XX': { description: 'Received. Anything else is tried again, with longer and longer waits' },
            '410': { description: 'Gone: the desk stops sending to this address' },
          },
        },
      },
    ]),
  )
