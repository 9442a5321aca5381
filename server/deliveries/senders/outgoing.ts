import type { gateways } from '#db/schema/index.ts'
import type { Planned } from '../queries/reached.ts'
import type { SendResult } from '../rules/delivery.ts'

export type Gateway = typeof gateways.$inferSelect
/** `link`: the whole address of the citizen's page; null where the desk has no public address. */
export type Outgoing = Pick<Planned, 'id' | 'key' | 'kind' | 'code' | 'sourceKey' | 'contact'> & { link: string | null }

/** Passes messages on by one gateway. Whatever the other side does is a result; what is thrown is a defect. */
export type Sender = {
  send(message: Outgoing): Promise<SendResult>
  close(): void
}
