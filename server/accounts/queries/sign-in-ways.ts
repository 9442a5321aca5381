import { environment } from '#server/platform/environment.ts'
import { demoPassword } from '../rules/password.ts'

/** The name of the city's own sign-in, if there is one, and the password of the demo accounts, only in the demo. */
export function signInWays(): { city: string | null; demoPassword: string | null } {
  const { oidc, demo } = environment()
  return { city: oidc?.name ?? null, demoPassword: demo ? demoPassword : null }
}
