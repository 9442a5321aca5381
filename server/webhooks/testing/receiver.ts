import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq, ne } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { onTestFinished } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { unique } from '#db/factories/unique.ts'
import { webhookAttempts, webhookDeliveries, webhooks } from '#db/schema/index.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { type Call, callOutside } from '#server/outbound/call.ts'
import { createWebhook } from '../commands/keep-webhooks.ts'
import { webhookKinds } from '../rules/kinds.ts'
import type { CreateWebhook } from '../rules/schemas.ts'

export const internal = ['127.0.0.1']
/** Calls with permission for this machine and short time limits. */
export const call = (asked: Call) => callOutside(asked, { internal, totalSeconds: 1, silenceSeconds: 1 })

export type Arrived = {
  id: string
  type: string
  data: Record<string, unknown>
  headers: IncomingHttpHeaders
  body: string
}
type Answer = (arrived: Arrived, response: ServerResponse) => unknown

const accept: Answer = (_, response) => response.writeHead(204).end()

/** A receiver of notifications that keeps all requests in order; tests decide its answers. */
export async function openReceiver() {
  const arrived: Arrived[] = []
  const receiver = { arrived, answer: accept, address: '' }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString()
      const { type, data } = JSON.parse(body) as Pick<Arrived, 'type' | 'data'>
      const { headers } = request
      const one = { id: String(headers['webhook-id']), type, data, headers, body }
      arrived.push(one)
      receiver.answer(one, response)
    })
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  receiver.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return receiver
}

/** A webhook of the whole city for every kind that exists since long ago; all others end. */
export async function subscribe(db: Database, wanted: Partial<CreateWebhook> & { createdAt?: Date } = {}) {
  const { createdAt = new Date('2026-01-01'), ...settings } = wanted
  const ctx = { db, actor: await buildActor(db, 'admin'), now: () => createdAt }
  const receiver = await openReceiver()
  const made = await createWebhook(
    ctx,
    {
      name: unique('Ứng dụng'),
      address: receiver.address,
      kinds: [...webhookKinds],
      agencyId: null,
      clientId: null,
      ...settings,
    },
    internal,
  )
  return { ...made, ...ctx, receiver }
}

/** Prevents webhooks of one test from affecting the next. */
export const endAll = (db: Database) => db.update(webhooks).set({ state: 'ended' }).where(ne(webhooks.state, 'ended'))

export const deliveriesOf = (db: Database, webhookId: string) =>
  db.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhookId, webhookId)).orderBy(webhookDeliveries.id)

export const attemptsOf = (db: Database, deliveryId: string) =>
  db.select().from(webhookAttempts).where(eq(webhookAttempts.deliveryId, deliveryId)).orderBy(webhookAttempts.id)

export async function webhookOf(db: Database, id: string) {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, id))
  if (!webhook) throw new Error('no such webhook')
  return webhook
}

/** A context of the robot, with its clock optionally ahead. */
export const robotIn = (db: Database, seconds = 0) => ({
  db,
  actor: robot,
  now: () => new Date(Date.now() + seconds * 1000),
})

/** Whether the library of the standard accepts the signature. */
export function isSigned({ body, headers }: Arrived, secret: string): boolean {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>)
    return true
  } catch {
    return false
  }
}
