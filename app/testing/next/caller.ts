import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import { TRPCError } from '@trpc/server'
import { mayEnter, roomAt } from '#server/accounts/rules/rooms.ts'
import type { LiveSession } from '#server/accounts/session.ts'
import { DomainError } from '#server/platform/errors.ts'
import { wire } from '#server/platform/rules/wire.ts'
import type { caller as realCaller } from '#server/trpc/caller.ts'
import type { AppRouter } from '#server/trpc/root.ts'
import { fetchForPage } from '../line.ts'
import { hereNow } from '../place.ts'
import { callServer } from '../server.ts'
import { Elsewhere, forbidden, redirect } from './navigation.ts'

/**
 * Stands for `server/trpc/caller.ts` in tests of components: a page asks the same procedures, over the bridge instead
 * of within the process.
 */
const client = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({ url: '/api/trpc', transformer: wire, maxURLLength: 4000, maxItems: 10, fetch: fetchForPage }),
  ],
})

type Procedures = Awaited<ReturnType<typeof realCaller>>

type Entered = { session: LiveSession; now: () => Date }

export async function signedIn(): Promise<Entered> {
  const session = (await callServer('app/testing/beside/session.ts', 'sessionOfBrowser', [
    document.cookie,
  ])) as LiveSession | null
  if (!session) redirect('/sign-in')
  return { session, now: () => new Date() }
}

export async function enter(): Promise<Entered> {
  const context = await signedIn()
  const room = roomAt(hereNow())
  if (!room || !mayEnter(context.session.actor, room)) forbidden()
  return context
}

export const caller = async (): Promise<Procedures> => proceduresAt([]) as unknown as Procedures

type Step = (...args: unknown[]) => unknown

function proceduresAt(path: readonly string[]): Step {
  return new Proxy((() => undefined) as Step, {
    get: (_, name) => (name === 'then' ? undefined : proceduresAt([...path, String(name)])),
    apply: (_, __, [input]) => call(path, input),
  })
}

async function call(path: readonly string[], input: unknown): Promise<unknown> {
  let at = client as unknown as Record<string, unknown>
  for (const name of path) at = at[name] as Record<string, unknown>
  try {
    return await (at.query as Step)(input)
  } catch (error) {
    throw asOnServer(error)
  }
}

/** Pages tell refusals by the class of the error, which is another in the browser. */
function asOnServer(error: unknown): unknown {
  if (!(error instanceof TRPCClientError)) return error
  const { code, refusal } = error.data ?? {}
  if (code === 'FORBIDDEN') return new Elsewhere('forbidden')
  const cause = refusal && new DomainError(refusal.code, refusal.details)
  return new TRPCError({ code: code ?? 'INTERNAL_SERVER_ERROR', message: error.message, cause })
}
