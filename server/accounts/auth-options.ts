import type { NextAuthOptions } from 'next-auth'
import type { JWT } from 'next-auth/jwt'
import Credentials from 'next-auth/providers/credentials'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { db } from '#db/client.ts'
import { now } from '#server/platform/clock.ts'
import { environment } from '#server/platform/environment.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log, logFailure } from '#server/platform/log.ts'
import { refusalFor } from '#server/platform/rules/failure.ts'
import { outsideLimits, sessionLimits } from '#server/platform/rules/limits.ts'
import { type SignedIn, signInWithPassword, signInWithSubject, type Visitor } from './commands/sign-in.ts'
import { signOut } from './commands/sign-out.ts'
import { ownAddress } from './rules/own-address.ts'
import { isSecondFactorShown } from './rules/second-factor.ts'
import { sessionById } from './session.ts'
import { isSecure, type TokenClaims } from './session-token.ts'

const desk = { db, now }

type OidcProfile = { sub: string; name?: string; amr?: unknown; acr?: unknown } & Record<string, unknown>

/**
 * next-auth for one request: it implements the protocols and manages the cookie; our sessions table decides whether a
 * sign-in is valid. `onFull` is called for a complete sign-in: no second factor is outstanding.
 */
export function authOptions(visitor: Visitor, onFull: (accountId: string) => void): NextAuthOptions {
  const { authSecret, oidc } = environment()
  return {
    secret: authSecret,
    useSecureCookies: isSecure(),
    session: { strategy: 'jwt', maxAge: sessionLimits.absoluteSeconds },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers: [passwordProvider(visitor), ...(oidc ? [oidcProvider(oidc)] : [])],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== 'oidc') return true
        const claims = claimsOf(profile as OidcProfile, oidc)
        Object.assign(user, await signInWithSubject(desk, claims, visitor))
        return true
      },
      async jwt({ token, user, account }) {
        if (!account) return stillCounting(token)
        const { accountId, sessionId, isFull } = user as unknown as SignedIn
        if (isFull) onFull(accountId)
        return { sub: accountId, sid: sessionId } satisfies TokenClaims
      },
      // The `callbackUrl` of the address, form or cookie.
      redirect: ({ url, baseUrl }) => new URL(ownAddress(url, baseUrl) ?? '/', baseUrl).href,
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await signOut(desk, token.sid, visitor)
      },
    },
    logger: {
      error: (code, metadata) => log.warn({ code, err: metadata instanceof Error ? metadata : undefined }, 'next-auth'),
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: () => undefined,
    },
  }
}

/** next-auth would renew the cookie of an ended sign-in: this makes it drop the cookie instead. */
async function stillCounting(token: JWT): Promise<JWT> {
  const { refusal } = typeof token.sid === 'string' ? await sessionById(token.sid) : { refusal: 'signed_out' }
  if (refusal && refusal !== 'second_factor_needed') throw new DomainError(refusal)
  return token
}

function passwordProvider(visitor: Visitor) {
  return Credentials({
    credentials: { username: { type: 'text' }, password: { type: 'password' } },
    async authorize(typed) {
      const { username = '', password = '' } = typed ?? {}
      try {
        const signedIn = await signInWithPassword(desk, { username, password }, visitor)
        return { id: signedIn.accountId, ...signedIn }
      } catch (error) {
        throw new Error(refusalWord(error))
      }
    },
  })
}

function oidcProvider({
  issuer,
  clientId,
  clientSecret,
  name,
  secondFactorLevels,
}: NonNullable<ReturnType<typeof environment>['oidc']>) {
  return {
    id: 'oidc',
    name,
    type: 'oauth',
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    authorization: {
      params: {
        scope: 'openid profile',
        ...(secondFactorLevels.length > 0 && { acr_values: secondFactorLevels.join(' ') }),
      },
    },
    checks: ['pkce', 'state', 'nonce'],
    httpOptions: { timeout: outsideLimits.signOn.answerSeconds * 1000 },
    idToken: true,
    issuer,
    clientId,
    clientSecret,
    profile: ({ sub, name: fullName }) => ({ id: sub, name: fullName ?? null }),
  } satisfies OAuthConfig<OidcProfile>
}

/** Read by the sign-in page: the code of the refusal and, after a colon, the seconds to wait or the fault code. */
function refusalWord(error: unknown): string {
  const isRefusal = error instanceof DomainError
  const { code, details } = isRefusal ? error : logFailure(refusalFor(error), { err: error }, 'sign-in failed')
  const more = details.seconds ?? details.fault
  return more === undefined ? code : `${code}:${more}`
}

function claimsOf(profile: OidcProfile, oidc: ReturnType<typeof environment>['oidc']) {
  const username = profile[oidc?.usernameClaim ?? '']
  return {
    subject: profile.sub,
    username: typeof username === 'string' ? username : undefined,
    secondFactorShown: isSecondFactorShown(profile, oidc?.secondFactorLevels ?? []),
  }
}
