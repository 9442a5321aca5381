import { type AdminRoom, adminRooms, roomRules } from '#components/admin/admin-rooms.ts'
import { mayEnter } from '#server/accounts/rules/rooms.ts'
import { signedIn } from '#server/trpc/caller.ts'

/** The parts of the administration that the signed-in account may open. */
export async function allowedRooms(): Promise<AdminRoom[]> {
  const { session } = await signedIn()
  return adminRooms.filter((room) => mayEnter(session.actor, roomRules[room].href))
}
