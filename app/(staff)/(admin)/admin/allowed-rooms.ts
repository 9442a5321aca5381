import { type AdminRoom, adminRooms, roomRules } from '#components/admin/admin-rooms.ts'
import { mayEnter } from '#server/accounts/rules/rooms.ts'
import { signedIn } from '#server/trpc/caller.ts'

/** The parts of the administration that the account at the desk may enter. */
export async function allowedRooms(): Promise<AdminRoom[]> {
  const { session } = await signedIn()
  return adminRooms.filter((room) => mayEnter(session.actor, roomRules[room].href))
}
