import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { SetupError } from '#db/setup-error.ts'

const flag = z.stringbool({ truthy: ['1', 'true', 'on', 'yes'], falsy: ['0', 'false', 'off', 'no', ''] })
const list = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .default([])

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().optional(),
    /** Where browsers reach the desk. With https, cookies are secure and only this origin may change anything. */
    APP_URL: z.url({ protocol: /^https?$/ }).optional(),
    AUTH_SECRET: z.string().min(16, 'needs at least 16 characters').optional(),
    /** Demo accounts are shown at sign-in and their password is accepted. */
    DEMO: flag.default(false),
    /** Addresses or ranges of reverse proxies whose X-Forwarded-For is believed. */
    TRUSTED_PROXIES: list,
    /** `off`: this process serves pages only and leaves the jobs to others. */
    WORKER: flag.default(true),
    OIDC_ISSUER: z.url().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    /** The claim that holds the username where the account has no subject yet. */
    OIDC_USERNAME_CLAIM: z.string().default('preferred_username'),
    OIDC_NAME: z.string().default('SSO'),
  })
  .refine(({ NODE_ENV, DEMO, AUTH_SECRET }) => NODE_ENV !== 'production' || DEMO || AUTH_SECRET, {
    path: ['AUTH_SECRET'],
    message: 'is needed in production: 32 random characters that every process of the desk shares',
  })

export type Environment = {
  production: boolean
  port: number
  host: string | undefined
  appUrl: URL | undefined
  authSecret: string
  demo: boolean
  trustedProxies: readonly string[]
  worker: boolean
  oidc: { issuer: string; clientId: string; clientSecret: string; usernameClaim: string; name: string } | undefined
}

/** What is set outside the program, checked: what is wrong is told in one sentence that names the variable. */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const known = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const { data: read, error } = schema.safeParse(known)
  if (error) {
    throw new SetupError(error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '))
  }
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = read
  return {
    production: read.NODE_ENV === 'production',
    port: read.PORT,
    host: read.HOST,
    appUrl: read.APP_URL ? new URL(read.APP_URL) : undefined,
    authSecret: read.AUTH_SECRET ?? randomBytes(32).toString('base64url'),
    demo: read.DEMO,
    trustedProxies: read.TRUSTED_PROXIES,
    worker: read.WORKER,
    oidc:
      issuer && clientId && clientSecret
        ? { issuer, clientId, clientSecret, usernameClaim: read.OIDC_USERNAME_CLAIM, name: read.OIDC_NAME }
        : undefined,
  }
}

/** Next bundles its own copy of this module, and a secret made up at the start must be one for both. */
const shared = globalThis as { ihanoiDeskEnvironment?: Environment }

export function environment(): Environment {
  shared.ihanoiDeskEnvironment ??= readEnvironment(process.env)
  return shared.ihanoiDeskEnvironment
}
