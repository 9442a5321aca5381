import type { CommandId } from './commands.ts'
import type { Offered, Registration } from './keyboard-context.ts'

/** Every command that has a handler, once, in the order in which the scopes are tried. */
export function offeredBy(registrations: readonly Registration[]): Offered[] {
  const found = new Map<CommandId, Offered>()
  for (const { handlers, subject, selected } of registrations) {
    for (const id of Object.keys(handlers.current) as CommandId[]) {
      if (!handlers.current[id] || found.has(id)) continue
      found.set(id, { id, subject: subject?.current ?? null, selected: selected?.current ?? 0 })
    }
  }
  return [...found.values()]
}
