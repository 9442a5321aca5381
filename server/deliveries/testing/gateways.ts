import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { unique } from '#db/factories/unique.ts'
import { gateways } from '#db/schema/index.ts'
import { seal } from '#server/platform/sealed-text.ts'
import { sealingOf } from '../senders/sender.ts'

type WantedGateway = Partial<typeof gateways.$inferInsert> & { plainSecret?: string }
export type BuiltGateway = typeof gateways.$inferSelect

/** A gateway of a provider of short messages. There is one of each kind at a time. */
export async function buildGateway(
  db: Connection,
  { plainSecret = 'bi-mat', ...wanted }: WantedGateway = {},
): Promise<BuiltGateway> {
  const kind = wanted.kind ?? 'sms'
  const isTemplate = kind === 'sms' || kind === 'zalo'
  await db.update(gateways).set({ removedAt: new Date() }).where(eq(gateways.kind, kind))
  const [row] = await db
    .insert(gateways)
    .values({
      kind,
      name: unique('Cổng'),
      address: kind === 'mail' ? '' : 'https://sms.example/send',
      headers: isTemplate ? 'Authorization: Bearer {{secret}}' : '',
      body: isTemplate ? '{"to":"{{phone84}}","message":{"text":"{{text}}"},"ref":"{{key}}"}' : '',
      acceptedField: isTemplate ? 'status' : '',
      acceptedValue: isTemplate ? 'OK' : '',
      receiptField: isTemplate ? 'data.id' : '',
      perMinute: 6000,
      createdAt: new Date(),
      ...wanted,
    })
    .returning()
  if (!row) throw new Error('no gateway was written')
  if (kind === 'mail') return row
  const [sealed] = await db
    .update(gateways)
    .set({ secret: seal(plainSecret, sealingOf(row.id)) })
    .where(eq(gateways.id, row.id))
    .returning()
  return sealed as BuiltGateway
}
