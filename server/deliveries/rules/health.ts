import type { DeliveryFailure, SendResult } from './delivery.ts'

export const gatewayHealths = ['working', 'failing', 'unused', 'paused', 'no_server'] as const
export type GatewayHealth = (typeof gatewayHealths)[number]

type Seen = {
  pausedAt: Date | null
  lastAcceptedAt: Date | null
  lastFailedAt: Date | null
  /** Whether the installation provides the requirements of the gateway, such as a mail server. */
  hasServer: boolean
}

/** The health of a gateway; its latest call decides. */
export function gatewayHealth({ pausedAt, lastAcceptedAt, lastFailedAt, hasServer }: Seen): GatewayHealth {
  if (!hasServer) return 'no_server'
  if (pausedAt) return 'paused'
  if (isFailing({ lastAcceptedAt, lastFailedAt })) return 'failing'
  return lastAcceptedAt ? 'working' : 'unused'
}

/** Whether it takes messages now; what is queued for one that does not could not be sent. */
export const takesMessages = (health: GatewayHealth): boolean => health !== 'no_server' && health !== 'paused'

export const isFailing = ({ lastAcceptedAt, lastFailedAt }: Pick<Seen, 'lastAcceptedAt' | 'lastFailedAt'>): boolean =>
  lastFailedAt !== null && (lastAcceptedAt === null || lastFailedAt > lastAcceptedAt)

/** The result of one message, and which of its attempts it was. */
export type Sent = SendResult & { attempt: number }

/**
 * What a batch says about the gateway; null: nothing is wrong with it. Some providers refuse a bad number with the same
 * answer as an account without credit. So a failure is the gateway's own only where nothing was accepted beside it; and
 * the repeated failure of a message is none of a gateway that has worked since.
 */
export function gatewayFailure(wasFailing: boolean, results: readonly Sent[]): DeliveryFailure | null {
  if (results.some(({ outcome }) => outcome === 'accepted')) return null
  const failed = results.find(({ outcome, attempt }) => outcome !== 'permanent' && (wasFailing || attempt === 1))
  return failed === undefined || failed.outcome === 'accepted' ? null : failed.failure
}
