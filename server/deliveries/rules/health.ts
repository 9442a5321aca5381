export const gatewayHealths = ['working', 'failing', 'unused', 'paused', 'no_server'] as const
export type GatewayHealth = (typeof gatewayHealths)[number]

type Seen = {
  pausedAt: Date | null
  lastAcceptedAt: Date | null
  lastFailedAt: Date | null
  /** Whether the installation has what the gateway needs: for mail, a mail server. */
  hasServer: boolean
}

/** What an administrator should know of a gateway at a glance: the latest call decides. */
export function gatewayHealth({ pausedAt, lastAcceptedAt, lastFailedAt, hasServer }: Seen): GatewayHealth {
  if (!hasServer) return 'no_server'
  if (pausedAt) return 'paused'
  if (lastFailedAt && (!lastAcceptedAt || lastFailedAt > lastAcceptedAt)) return 'failing'
  return lastAcceptedAt ? 'working' : 'unused'
}
