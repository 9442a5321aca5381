import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { z } from 'zod'
import type { Transaction } from '#db/client.ts'
import { brokenConstraint } from '#db/rows.ts'
import { apiClients, gateways } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { hashOfToken } from '#server/citizen-links/links.ts'
import { recordEvent } from '#server/events/commands.ts'
import { conflictOver } from '#server/events/queries.ts'
import { changesBetween, isUnchanged } from '#server/events/rules/changes.ts'
import type { EventName } from '#server/events/rules/event-names.ts'
import { secretOf } from '#server/outbound/signature.ts'
import { DomainError } from '#server/platform/errors.ts'
import { seal } from '#server/platform/sealed-text.ts'
import type { GatewayKind } from '../rules/delivery.ts'
import {
  type ChangeGateway,
  type CreateGateway,
  type GatewayFields,
  type replaceSecretInput,
  type Seen,
  tidiedFields,
} from '../rules/schemas.ts'
import { headerNames, namedSecretsOf } from '../rules/template.ts'
import { sealingOf } from '../senders/sender.ts'

type Gateway = typeof gateways.$inferSelect
/** `signingSecret`: created for the program of a partner; it cannot be read again. */
export type KeptGateway = { id: string; version: number; signingSecret: string | null }

export async function createGateway(
  ctx: Context,
  { secret, namedSecrets = {}, ...input }: CreateGateway,
): Promise<KeptGateway> {
  mustAdminister(ctx)
  const fields = tidiedFields(input)
  try {
    return await ctx.db.transaction(async (tx) => {
      await mustKnowClient(tx, fields)
      const [row] = await tx
        .insert(gateways)
        .values({ ...fields, createdAt: ctx.now() })
        .returning({ id: gateways.id, version: gateways.version })
      if (!row) throw new Error('no gateway was written')
      const signingSecret = await writeSecret(tx, row.id, fields.kind, secret)
      await writeNamedSecrets(tx, { ...fields, id: row.id, namedSecrets: {} }, namedSecrets)
      const { kind, name, clientId, address, method, perMinute } = shown(fields)
      await recordEvent(tx, ctx, {
        event: 'gateway.created',
        subject: { kind: 'gateway', id: row.id },
        version: row.version,
        details: { kind, name, clientId, address: address || null, method, perMinute },
      })
      return { ...row, signingSecret }
    })
  } catch (error) {
    throw takenOr(error)
  }
}

export async function changeGateway(ctx: Context, input: ChangeGateway): Promise<KeptGateway> {
  const { id, version } = input
  try {
    return await ctx.db.transaction(async (tx) => {
      const gateway = await lockGateway(tx, ctx, { id, version })
      const fields = tidiedFields({ ...input, kind: gateway.kind, clientId: gateway.clientId })
      const changes = changesBetween(shown(gateway), shown(fields))
      if (isUnchanged(changesBetween(gateway, fields))) return { id, version, signingSecret: null }
      const namedSecrets = ofTemplate(fields, gateway.namedSecrets)
      const isElsewhere = gateway.kind !== 'app' && originOf(gateway.address) !== originOf(fields.address)
      return keep(
        tx,
        ctx,
        gateway,
        'gateway.changed',
        { ...fields, namedSecrets, ...(isElsewhere && elsewhere) },
        changes,
      )
    })
  } catch (error) {
    throw takenOr(error)
  }
}

/**
 * A secret may only be sent to the host for which it was entered. Another host has asked for no pause, and the provider
 * of the earlier one reports on no more messages.
 */
const noSecrets = { secret: null, namedSecrets: {} }
const elsewhere = { ...noSecrets, closedUntil: null, receiptHash: null }

/** Replaces the secret at once. The desk generates that of a partner's program and returns it only here. */
export async function replaceSecret(
  ctx: Context,
  { secret, name, ...seen }: z.output<typeof replaceSecretInput>,
): Promise<KeptGateway> {
  return ctx.db.transaction(async (tx) => {
    const gateway = await lockGateway(tx, ctx, seen)
    if (name) {
      if (!namedSecretsOf(gateway).includes(name)) throw new DomainError('not_found')
      await writeNamedSecrets(tx, gateway, { [name]: secret })
      return keep(tx, ctx, gateway, 'gateway.secret_replaced', {}, { secretName: name })
    }
    const signingSecret = await writeSecret(tx, gateway.id, gateway.kind, secret)
    return { ...(await keep(tx, ctx, gateway, 'gateway.secret_replaced', {})), signingSecret }
  })
}

/**
 * Gives the provider a new address for its reports on messages; the earlier one ends at once. Its token is returned
 * only here: the database has its hash.
 */
export const readdressReceipts = (ctx: Context, seen: Seen): Promise<KeptGateway & { token: string }> =>
  ctx.db.transaction(async (tx) => {
    const gateway = await lockGateway(tx, ctx, seen)
    if (gateway.kind !== 'sms' && gateway.kind !== 'zalo') throw new DomainError('not_found')
    const token = randomBytes(32).toString('base64url')
    const changed = { receiptHash: hashOfToken(token) }
    return { ...(await keep(tx, ctx, gateway, 'gateway.receipts_readdressed', changed)), token }
  })

/** Stops sending; due deliveries wait. */
export const pauseGateway = (ctx: Context, seen: Seen): Promise<KeptGateway> =>
  ctx.db.transaction(async (tx) => {
    const gateway = await lockGateway(tx, ctx, seen)
    if (gateway.pausedAt) throw new DomainError('gateway_paused')
    return keep(tx, ctx, gateway, 'gateway.paused', { pausedAt: ctx.now() })
  })

export const resumeGateway = (ctx: Context, seen: Seen): Promise<KeptGateway> =>
  ctx.db.transaction(async (tx) => {
    const gateway = await lockGateway(tx, ctx, seen)
    if (!gateway.pausedAt) throw new DomainError('gateway_not_paused')
    return keep(tx, ctx, gateway, 'gateway.resumed', { pausedAt: null, closedUntil: null })
  })

/** Plans waiting deliveries again for other channels. The row stays for the log, without its secrets. */
export const removeGateway = (ctx: Context, seen: Seen): Promise<KeptGateway> =>
  ctx.db.transaction(async (tx) => {
    const gateway = await lockGateway(tx, ctx, seen)
    return keep(tx, ctx, gateway, 'gateway.removed', { removedAt: ctx.now(), receiptHash: null, ...noSecrets })
  })

/** Removes the gateway to the program of a revoked API client, so that it gets no more citizen links. */
export async function removeGatewaysOfClient(tx: Transaction, ctx: Context, clientId: string): Promise<void> {
  const isTheirs = and(eq(gateways.clientId, clientId), isNull(gateways.removedAt))
  const theirs = await tx.select().from(gateways).where(isTheirs).orderBy(gateways.id).for('update')
  for (const gateway of theirs) {
    await keep(
      tx,
      ctx,
      gateway,
      'gateway.removed',
      { removedAt: ctx.now(), receiptHash: null, ...noSecrets },
      { clientId },
    )
  }
}

/** A gateway sends to citizens of the whole city, so only administrators of the city may change it. */
export function mustAdminister({ actor }: Pick<Context, 'actor'>): void {
  if (!mayUse(actor, 'gateways.edit')) throw new DomainError('forbidden')
}

export async function lockGateway(tx: Transaction, ctx: Context, { id, version }: Seen): Promise<Gateway> {
  mustAdminister(ctx)
  const [gateway] = await tx.select().from(gateways).where(eq(gateways.id, id)).for('update')
  if (!gateway || gateway.removedAt) throw new DomainError('not_found')
  if (gateway.version !== version) throw await conflictOver(tx, { kind: 'gateway', id }, gateway.version)
  return gateway
}

async function keep(
  tx: Transaction,
  ctx: Context,
  { id, version }: Gateway,
  event: EventName & `gateway.${string}`,
  changed: Partial<Gateway>,
  details = {},
): Promise<KeptGateway> {
  await tx
    .update(gateways)
    .set({ ...changed, version: version + 1 })
    .where(eq(gateways.id, id))
  await recordEvent(tx, ctx, { event, subject: { kind: 'gateway', id }, version: version + 1, details })
  return { id, version: version + 1, signingSecret: null }
}

async function writeSecret(tx: Transaction, id: string, kind: GatewayKind, typed: string): Promise<string | null> {
  if (kind === 'mail') return null
  const made = kind === 'app' ? secretOf(randomBytes(32)) : null
  await tx
    .update(gateways)
    .set({ secret: seal(made ?? typed, sealingOf(id)) })
    .where(eq(gateways.id, id))
  return made
}

/** Adds secrets that the template uses; an empty one is none. */
async function writeNamedSecrets(
  tx: Transaction,
  gateway: Pick<Gateway, 'id' | 'address' | 'headers' | 'body' | 'namedSecrets'>,
  typed: Readonly<Record<string, string>>,
): Promise<void> {
  const { id } = gateway
  const sealed = Object.entries(typed)
    .filter(([, plain]) => plain !== '')
    .map(([name, plain]) => [name, seal(plain, sealingOf(id, name))])
  const namedSecrets = ofTemplate(gateway, { ...gateway.namedSecrets, ...Object.fromEntries(sealed) })
  await tx.update(gateways).set({ namedSecrets }).where(eq(gateways.id, id))
}

/** Without the secrets that a template does not use (any more): nobody could see that they are still stored. */
function ofTemplate(template: Pick<Gateway, 'address' | 'headers' | 'body'>, secrets: Gateway['namedSecrets']) {
  const used = namedSecretsOf(template)
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => used.includes(name)))
}

/**
 * A template as the log shows it: header names, a checksum of the body, the address without its query. The omitted
 * parts may contain a secret, and the log cannot be erased.
 */
const shown = <Fields extends { headers: string; body: string; address: string }>(fields: Fields): Fields => ({
  ...fields,
  headers: headerNames(fields.headers).join(', '),
  body: createHash('sha256').update(fields.body).digest('hex').slice(0, 8),
  address: fields.address.replace(/[?#].*$/s, ''),
})

const originOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).origin : null)

async function mustKnowClient(tx: Transaction, { clientId }: GatewayFields): Promise<void> {
  if (clientId === null) return
  const [client] = await tx.select().from(apiClients).where(eq(apiClients.id, clientId)).for('share')
  if (!client) throw new DomainError('not_found')
  if (client.revokedAt) throw new DomainError('api_client_revoked')
}

const takenOr = (error: unknown): unknown =>
  brokenConstraint(error) === 'gateways_one' ? new DomainError('gateway_kind_taken') : error
