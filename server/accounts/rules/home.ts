import type { Actor } from './actor.ts'
import { mayUse, type Permission } from './permissions.ts'
import type { Room } from './rooms.ts'

/** The start page for accounts with this permission; the first match counts. */
const beginnings: readonly (readonly [Permission, Room])[] = [
  ['insights.today', '/today'],
  ['reports.handle', '/reports'],
  ['bulletins.write', '/bulletins'],
  ['accounts.edit', '/admin'],
  ['reports.read', '/reports'],
  ['bulletins.read', '/bulletins'],
  ['incidents.read', '/incidents'],
]

/**
 * The start page of an account: that of its own roles. Substitutions count only if its own roles lead to no page.
 */
export function homeOf(actor: Actor): Room {
  const own = { ...actor, grants: actor.grants.filter(({ substituteFor }) => !substituteFor) }
  return beginningOf(own) ?? beginningOf(actor) ?? '/account'
}

const beginningOf = (actor: Actor): Room | undefined =>
  beginnings.find(([permission]) => mayUse(actor, permission))?.[1]
