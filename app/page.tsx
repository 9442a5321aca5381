import { redirect } from 'next/navigation'
import { homeOf } from '#server/accounts/rules/home.ts'
import { signedIn } from '#server/trpc/caller.ts'

/** Where everybody begins: each account at its home, a stranger at the sign-in page. */
export default async function Start() {
  const { session } = await signedIn()
  redirect(homeOf(session.actor))
}
