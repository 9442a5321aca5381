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
import type { RequestContext } from './context.ts'
import { httpStatusOf, statusOf } from './refusals.ts'
import { Turns } from './turns.ts'

type ProcedureMeta = { permission?: Permission }

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    transformer: { input: { ...wire, deserialize: readOrRefuse }, output: wire },
    // Proxies close what is silent for a minute; a browser that hears nothing for longer than this connects anew.
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

/** Undefined where tRPC itself refused: there is no such procedure, or it is called in another way. */
function refusedAs(error: TRPCError): DomainError | undefined {
  if (error.cause instanceof DomainError) return error.cause
  if (error.code === 'BAD_REQUEST' || error.code === 'PARSE_ERROR') return new DomainError('bad_input')
  // Where the context itself could not be made, no middleware was reached.
  return error.code === 'INTERNAL_SERVER_ERROR' ? refusalFor(error.cause) : undefined
}

/** What comes in may be from anybody: what cannot be read is the sender's mistake, not ours. */
function readOrRefuse(text: string): unknown {
  try {
    return readFromOutside(text)
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

/** For what a stranger may call: signing in, setting a password with a one-time link. */
export const openProcedure = t.procedure.use(refusals)

/** Every other procedure names the permission it asks for; without a live session it is not reached. */
export const staffProcedure = (permission: Permission) => guarded(permission, ({ session }) => session)

/**
 * What a screen on a wall asks for by itself, hour after hour. A sign-in that has only gone idle is enough to be shown
 * figures: until it ends or is ended, and without being kept alive by it. It opens nothing else.
 */
export const lookingProcedure = (permission: Permission) =>
  guarded(permission, ({ session, resting }) => session ?? resting ?? null)

const turns = new Turns(heavyLimits)

/**
 * For what takes a moment of the process: boards asked for together are as many moments, with others served between
 * them.
 */
export const inTurn = t.middleware(({ ctx, next }) => {
  if (ctx.heavy && ++ctx.heavy.calls > heavyLimits.perRequest)
    throw new DomainError('too_many_calls', { most: heavyLimits.perRequest })
  return turns.take((ctx.session ?? ctx.resting)?.actor.id ?? '', () => next())
})

/** What a page says by itself every few seconds: it asks for a sign-in that counts, and does not keep it alive. */
export const heartbeatProcedure = (permission: Permission) => guarded(permission, ({ session }) => session, false)

/** What shows a second factor: for a sign-in that owes it, and for one that does not. */
export const factorProcedure = (permission: Permission) =>
  guarded(permission, ({ session, pending }) => session ?? pending ?? null, false)

/** What sets one up: whoever has one already, and still owes it, shows that first. */
export const enrolmentProcedure = (permission: Permission) =>
  guarded(permission, ({ session, pending }) => session ?? (pending?.step === 'enrol' ? pending : null), false)

const guarded = (permission: Permission, sessionIn: (ctx: RequestContext) => LiveSession | null, isByHand = true) =>
  openProcedure.meta({ permission }).use(async ({ ctx, next, type }) => {
    const session = sessionIn(ctx)
    if (!session) throw new DomainError(ctx.sessionRefusal ?? 'signed_out')
    // By its own roles where they suffice; what a command judges more finely, it decides anew.
    const capacity = capacityFor(session.actor, (actor) => mayUse(actor, permission))
    if (!capacity) throw new DomainError('forbidden')
    if (isByHand && type === 'mutation') await touchSession(ctx.db, session, ctx.now())
    return next({ ctx: { ...ctx, session, actor: { ...session.actor, onBehalfOf: capacity.onBehalfOf } } })
  })
