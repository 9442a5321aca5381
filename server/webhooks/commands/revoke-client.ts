import type { Context } from '#server/accounts/context.ts'
import { endApiClient } from '#server/api-clients/commands/keep-clients.ts'
import type { SeenClient } from '#server/api-clients/rules/schemas.ts'
import { removeGatewaysOfClient } from '#server/deliveries/commands/keep-gateways.ts'
import { endWebhooksOfClient } from './keep-webhooks.ts'

/** Revokes an API client completely: its keys, its webhooks and the gateway to its program. */
export async function revokeApiClient(ctx: Context, seen: SeenClient): Promise<{ id: string; version: number }> {
  return ctx.db.transaction(async (tx) => {
    const revoked = await endApiClient(tx, ctx, seen)
    await endWebhooksOfClient(tx, ctx, revoked.id)
    await removeGatewaysOfClient(tx, ctx, revoked.id)
    return revoked
  })
}
