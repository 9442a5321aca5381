import { redirect } from 'next/navigation'
import { homeOf } from '#server/accounts/rules/home.ts'
import { signedIn } from '#server/trpc/caller.ts'

/** The start page: redirects each account to its home, and a visitor who is not signed in to the sign-in page. */
export default async function Start() {
  const { session } = await signedIn()
  redirect(homeOf(session.actor))
}
