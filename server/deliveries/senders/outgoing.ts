import type { gateways } from '#db/schema/index.ts'
import type { Planned } from '../queries/reached.ts'
import type { SendResult } from '../rules/delivery.ts'

export type Gateway = typeof gateways.$inferSelect
/** `link`: the complete address of the citizen's page; null if the desk has no public address. */
export type Outgoing = Pick<Planned, 'id' | 'key' | 'kind' | 'code' | 'sourceKey' | 'contact'> & { link: string | null }

/** Sends messages by one gateway. Every failure of the other side is a result; an exception is a defect. */
export type Sender = {
  send(message: Outgoing): Promise<SendResult>
  close(): void
}
