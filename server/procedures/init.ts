import { initTRPC, TRPCError } from '@trpc/server'
import { mayUse, type Permission } from '#server/accounts/rules/permissions.ts'
import { capacityFor } from '#server/accounts/rules/substitution.ts'
import { type LiveSession, touchSession } from '#server/accounts/session.ts'
import { DomainError } from '#server/platform/errors.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor } from '#server/platform/rules/failure.ts'
import { heavyLimits } from '#server/platform/rules/limits.ts'
import { wire } from '#server/platform/rules/wire.ts'
import { readFromOutside } from '#server/platform/rules/wire-from-outside.ts'
import { packed } from '#server/platform/rules/wire-packing.ts'
import type { RequestContext } from './context.ts'
import { httpStatusOf, statusOf } from './refusals.ts'
import { Turns } from './turns.ts'

type ProcedureMeta = { permission?: Permission }

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: { input: { ...wire, deserialize: readOrRefuse }, output: { ...wire, serialize: packed } },
    // Proxies close connections silent for a minute; a browser that receives nothing for longer reconnects.
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error }) {
      const refused = refusedAs(error)
      const refusal = refused && { code: refused.code, details: refused.details }
      return {
        ...shape,
        message: refusal?.code ?? shape.message,
        data: {
          ...shape.data,
          ...(refusal && { code: statusOf(refusal.code), httpStatus: httpStatusOf(refusal.code) }),
          stack: undefined,
          refusal,
        },
      }
    },
  })

/** Undefined if tRPC itself refused: there is no such procedure, or it is called by the wrong method. */
function refusedAs(error: TRPCError): DomainError | undefined {
  if (error.cause instanceof DomainError) return error.cause
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') return new DomainError('bad_input')
  // If the context itself could not be created, no middleware was reached.
  return error.code === 'INTERNAL_SERVER_ERROR' ? refusalFor(error.cause) : undefined
}

/** Input is untrusted: an unreadable input is an error of the client, not a defect. */
function readOrRefuse(sent: unknown): unknown {
  try {
    return readFromOutside(sent)
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
}

export const router = t.router
export const createCallerFactory = t.createCallerFactory

const refusals = t.middleware(async ({ next, path, ctx }) => {
  const result = await next()
  if (result.ok) return result
  const { cause } = result.error
  if (cause instanceof DomainError) {
    throw new TRPCError({ code: statusOf(cause.code), cause, message: cause.code })
  }
  if (result.error.code !== 'INTERNAL_SERVER_ERROR') return result
  const entry = { err: cause ?? result.error, path, requestId: ctx.requestId }
  const refusal = logFailure(refusalFor(cause), entry, 'procedure failed')
  throw new TRPCError({ code: statusOf(refusal.code), cause: refusal, message: refusal.code })
})

/** For procedures that need no sign-in: signing in, setting a password with a one-time link. */
export const openProcedure = t.procedure.use(refusals)

/** Every other procedure names the permission it requires; without a valid sign-in it is not called. */
export const staffProcedure = (permission: Permission) => guarded(permission, ({ session }) => session)

/**
 * For the automatic queries of a wall screen. An idle sign-in is enough to be shown figures, until it ends or is ended;
 * the queries do not keep it alive. It gives no other access.
 */
export const lookingProcedure = (permission: Permission) =>
  guarded(permission, ({ session, resting }) => session ?? resting ?? null)

const turns = new Turns(heavyLimits)

/**
 * For expensive queries: boards requested together run one after the other, so that other requests are served in
 * between.
 */
export const inTurn = t.middleware(({ ctx, next }) => {
  if (ctx.heavy && ++ctx.heavy.calls > heavyLimits.perRequest)
    throw new DomainError('too_many_calls', { most: heavyLimits.perRequest })
  return turns.take((ctx.session ?? ctx.resting)?.actor.id ?? '', () => next())
})

/** For automatic calls every few seconds: they require a valid sign-in, and do not keep it alive. */
export const heartbeatProcedure = (permission: Permission) => guarded(permission, ({ session }) => session, false)

/** For verifying a second factor: with a sign-in where it is outstanding or not. */
export const factorProcedure = (permission: Permission) =>
  guarded(permission, ({ session, pending }) => session ?? pending ?? null, false)

/** For setting one up: an account that already has one, and has not verified it, must do that first. */
export const enrolmentProcedure = (permission: Permission) =>
  guarded(permission, ({ session, pending }) => session ?? (pending?.step === 'enrol' ? pending : null), false)

const guarded = (permission: Permission, sessionIn: (ctx: RequestContext) => LiveSession | null, isByHand = true) =>
  openProcedure.meta({ permission }).use(async ({ ctx, next, type }) => {
    const session = sessionIn(ctx)
    if (!session) throw new DomainError(ctx.sessionRefusal ?? 'signed_out')
    // Its own roles if they suffice; a command with finer rules chooses the capacity again.
    const capacity = capacityFor(session.actor, (actor) => mayUse(actor, permission))
    if (!capacity) throw new DomainError('forbidden')
    if (isByHand && type === 'mutation') await touchSession(ctx.db, session, ctx.now())
    return next({ ctx: { ...ctx, session, actor: { ...session.actor, onBehalfOf: capacity.onBehalfOf } } })
  })
