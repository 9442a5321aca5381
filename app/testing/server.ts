import { wire } from '#server/platform/rules/wire.ts'

type Sent<Value> = Value extends (db: infer _, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Promise<Awaited<Result>>
  : never

/** The functions of a module as a test calls them: the database, their first argument, is filled in on the server. */
export type OnServer<Module> = {
  readonly [Name in keyof Module as Sent<Module[Name]> extends never ? never : Name]: Sent<Module[Name]>
}

/**
 * The functions of a module that run beside the database: factories, and what a test wants to know of the rows.
 * `onServer<typeof import('#db/factories/reports.ts')>('db/factories/reports.ts')`. Arguments and results are sent like
 * those of procedures.
 */
export function onServer<Module>(path: string): OnServer<Module> {
  return new Proxy({} as OnServer<Module>, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        callServer(path, String(name), args),
  })
}

/** Calls one function of a module beside the database. */
export async function callServer(path: string, name: string, args: readonly unknown[]): Promise<unknown> {
  const body = JSON.stringify(wire.serialize({ path, name, args }))
  const answer = await fetch('/bridge', { method: 'POST', body })
  const { result, error } = wire.deserialize(await answer.json()) as { result?: unknown; error?: string }
  if (error !== undefined) throw new Error(error)
  return result
}
