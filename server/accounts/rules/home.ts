import type { Actor } from './actor.ts'
import { mayUse, type Permission } from './permissions.ts'
import type { Room } from './rooms.ts'

/** Where a day begins for whoever may do this; the first that fits counts. */
const beginnings: readonly (readonly [Permission, Room])[] = [
  ['reports.handle', '/reports'],
  ['bulletins.write', '/bulletins'],
  ['insights.annotate', '/insights'],
  ['accounts.edit', '/admin'],
  ['reports.read', '/reports'],
  ['bulletins.read', '/bulletins'],
  ['incidents.read', '/incidents'],
]

/**
 * The page at which an account begins: that of its own work. Standing in for a colleague moves nobody, unless there is
 * nothing else to do.
 */
export function homeOf(actor: Actor): Room {
  const own = { ...actor, grants: actor.grants.filter(({ substituteFor }) => !substituteFor) }
  return beginningOf(own) ?? beginningOf(actor) ?? '/account'
}

const beginningOf = (actor: Actor): Room | undefined =>
  beginnings.find(([permission]) => mayUse(actor, permission))?.[1]
