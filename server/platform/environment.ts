import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { SetupError } from '#db/setup-error.ts'
import type { MailSettings } from './mail.ts'
import { isRange } from './ranges.ts'
import type { S3Settings } from './s3-store.ts'

const flag = z.stringbool({ truthy: ['1', 'true', 'on', 'yes'], falsy: ['0', 'false', 'off', 'no', ''] })
const list = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .default([])

const ranges = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().refine(isRange, { error: ({ input }) => `: ${input} is neither an address nor a range` })))

/** Accepts host names too, because systems of the city may have no fixed address. */
const hosts = list.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .refine((entry) => isRange(entry) || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(entry), {
        error: ({ input }) => `: ${input} is no host, address or range`,
      }),
  ),
)

/** A URI, as security.txt requires; a plain mail address becomes one. */
const contact = z
  .string()
  .transform((text) => (z.email().safeParse(text).success ? `mailto:${text}` : text))
  .refine((text) => /^(?:https:\/\/|mailto:|tel:)./.test(text), {
    error: ({ input }) => `: ${input} is no mail address, https address or tel: number`,
  })

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(1000).default(20),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().optional(),
    /** Where browsers reach the desk. With https, cookies are secure and only this origin may change anything. */
    APP_URL: z.url({ protocol: /^https?$/ }).optional(),
    AUTH_SECRET: z.string().min(16, 'needs at least 16 characters').optional(),
    /** Demo accounts are shown at sign-in and their password is accepted. */
    DEMO: flag.default(false),
    /**
     * Addresses or ranges of reverse proxies whose X-Forwarded-For is trusted; `none`: clients connect directly, with
     * their own addresses.
     */
    TRUSTED_PROXIES: z.union([z.literal('none').transform(() => 'none' as const), ranges]).default([]),
    /** Addresses or ranges of the city's own networks; a whole office signs in from behind each address. */
    OFFICE_NETWORKS: ranges.default([]),
    /** `off`: this process serves pages only; other processes run the jobs. */
    WORKER: flag.default(true),
    OIDC_ISSUER: z.url().optional(),
    OIDC_CLIENT_ID: z.string().optional(),
    OIDC_CLIENT_SECRET: z.string().optional(),
    /** The claim that holds the username where the account has no subject yet. */
    OIDC_USERNAME_CLAIM: z.string().default('preferred_username'),
    OIDC_NAME: z.string().default('SSO'),
    /** Sign-in levels (`acr`) of the provider that count as a second factor; its methods (`amr`) are built in. */
    OIDC_MFA_ACR: list,
    /** The directory of the photos, which all processes of an installation share. */
    FILES_DIR: z.string().default(join('.data', 'files')),
    /** A bucket that replaces the directory. */
    S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    S3_BUCKET: z.string().optional(),
    S3_REGION: z.string().default('us-east-1'),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
    S3_PATH_STYLE: flag.default(true),
    /** The virus scanner; see scan.ts. */
    AV_COMMAND: z.string().optional(),
    /** The file with the streets of the city; see areas/street-file.ts. */
    MAP_PMTILES: z.string().optional(),
    MAP_STYLE_URL: z.url({ protocol: /^https?$/ }).optional(),
    MAP_TILE_ORIGINS: list.pipe(z.array(z.url({ protocol: /^https?$/ }))),
    /** The sender named in alerts; by default the host of APP_URL. */
    CAP_SENDER: z.string().optional(),
    /** The RSA key that signs alerts; see alert-key.ts. */
    CAP_KEY_FILE: z.string().default(join('.data', 'cap-key.pem')),
    /**
     * The mail server, with account and password if it requires them: `smtp://desk:secret@mail.hanoi.gov.vn:587`.
     */
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.email().optional(),
    /** Mail is sent only to addresses of these domains and of their subdomains. */
    MAIL_DOMAINS: list.pipe(z.array(z.string().toLowerCase())),
    /** Where vulnerabilities are reported: addresses of mail, pages or telephones, the preferred one first. */
    SECURITY_CONTACT: list.pipe(z.array(contact)),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    /**
     * Hosts, addresses or ranges of the city's own that webhooks and gateways may call although they are private, and
     * without TLS.
     */
    OUTBOUND_INTERNAL: hosts,
    /** Read only by the end-to-end tests. */
    CHROMIUM_PATH: z.string().optional(),
  })
  .refine(({ NODE_ENV, DEMO, AUTH_SECRET }) => NODE_ENV !== 'production' || DEMO || AUTH_SECRET, {
    path: ['AUTH_SECRET'],
    message: 'is needed in production: 32 random characters that every process of the desk shares',
  })
  .refine(({ NODE_ENV, DEMO, APP_URL }) => NODE_ENV !== 'production' || DEMO || APP_URL, {
    path: ['APP_URL'],
    message:
      'is needed in production: the address under which browsers reach the desk, such as https://desk.hanoi.gov.vn',
  })
  .refine((read) => read.NODE_ENV !== 'production' || !isBehindProxy(read) || read.TRUSTED_PROXIES.length > 0, {
    path: ['TRUSTED_PROXIES'],
    message:
      'is needed with an https APP_URL: the addresses of the proxies that end TLS, or `none` where clients come with their own addresses; otherwise the whole city counts as one address, and twenty wrong passwords keep everybody out',
  })
  .refine(({ S3_ENDPOINT, S3_BUCKET }) => !S3_ENDPOINT === !S3_BUCKET, {
    path: ['S3_BUCKET'],
    message: 'and S3_ENDPOINT go together: where the bucket is and what it is called',
  })
  .refine((read) => !read.S3_BUCKET || (read.S3_ACCESS_KEY_ID && read.S3_SECRET_ACCESS_KEY), {
    path: ['S3_ACCESS_KEY_ID'],
    message: 'and S3_SECRET_ACCESS_KEY are needed for the bucket',
  })
  .refine((read) => !read.SMTP_URL || (read.MAIL_FROM && read.MAIL_DOMAINS.length > 0), {
    path: ['MAIL_FROM'],
    message: 'and MAIL_DOMAINS are needed with SMTP_URL: who writes, and to which domains',
  })

/** The desk itself does not serve TLS, so an https address implies a proxy. */
function isBehindProxy({ APP_URL }: { APP_URL?: string | undefined }): boolean {
  return APP_URL?.startsWith('https:') === true
}

/** Every variable that is read anywhere; the README lists each of them. */
export const variables = Object.keys(schema.shape)

export type Environment = {
  production: boolean
  port: number
  host: string | undefined
  appUrl: URL | undefined
  authSecret: string
  demo: boolean
  trustedProxies: readonly string[]
  officeNetworks: readonly string[]
  worker: boolean
  filesFolder: string
  s3: S3Settings | undefined
  /** The virus scanner with its settings. */
  avCommand: string | undefined
  mapPmtiles: string | undefined
  mapStyleUrl: string | undefined
  mapTileOrigins: readonly string[]
  capSender: string | undefined
  capKeyFile: string
  /** As URIs; empty: the desk serves no security.txt. */
  securityContacts: readonly string[]
  /** Destinations that are allowed besides public https addresses; see server/outbound. */
  outboundInternal: readonly string[]
  /** Undefined: no mail is sent. */
  mail: MailSettings | undefined
  oidc:
    | {
        issuer: string
        clientId: string
        clientSecret: string
        usernameClaim: string
        name: string
        secondFactorLevels: readonly string[]
      }
    | undefined
}

/** The validated environment. An invalid value throws an error whose message names the variable. */
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
    trustedProxies: read.TRUSTED_PROXIES === 'none' ? [] : read.TRUSTED_PROXIES,
    officeNetworks: read.OFFICE_NETWORKS,
    worker: read.WORKER,
    filesFolder: read.FILES_DIR,
    s3: s3Of(read),
    avCommand: read.AV_COMMAND,
    mapPmtiles: read.MAP_PMTILES,
    mapStyleUrl: read.MAP_STYLE_URL,
    mapTileOrigins: read.MAP_TILE_ORIGINS,
    capSender: read.CAP_SENDER,
    capKeyFile: read.CAP_KEY_FILE,
    securityContacts: read.SECURITY_CONTACT,
    outboundInternal: read.OUTBOUND_INTERNAL,
    mail:
      read.SMTP_URL && read.MAIL_FROM
        ? { url: new URL(read.SMTP_URL), from: read.MAIL_FROM, domains: read.MAIL_DOMAINS }
        : undefined,
    oidc:
      issuer && clientId && clientSecret
        ? {
            issuer,
            clientId,
            clientSecret,
            usernameClaim: read.OIDC_USERNAME_CLAIM,
            name: read.OIDC_NAME,
            secondFactorLevels: read.OIDC_MFA_ACR,
          }
        : undefined,
  }
}

function s3Of(read: z.output<typeof schema>): S3Settings | undefined {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId } = read
  const secretAccessKey = read.S3_SECRET_ACCESS_KEY
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey) return undefined
  const [region, pathStyle] = [read.S3_REGION, read.S3_PATH_STYLE]
  return { endpoint: new URL(endpoint), bucket, region, accessKeyId, secretAccessKey, pathStyle }
}

/** Next bundles its own copy of this module, and both copies must share the secret generated at start-up. */
const shared = globalThis as { ihanoiDeskSurroundings?: Environment }

export function environment(): Environment {
  shared.ihanoiDeskSurroundings ??= readEnvironment(process.env)
  return shared.ihanoiDeskSurroundings
}
