import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readEnvironment, variables } from './environment.ts'

const root = join(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

const secret = 'x'.repeat(32)

test('with nothing set the desk runs in development with a secret generated at start-up', () => {
  const { production, port, demo, worker, authSecret, oidc } = readEnvironment({})
  expect({ production, port, demo, worker, oidc }).toEqual({
    production: false,
    port: 3000,
    demo: false,
    worker: true,
    oidc: undefined,
  })
  expect(authSecret.length).toBeGreaterThanOrEqual(32)
})

test('production does not start without a secret that its processes share, except in the demo', () => {
  expect(() => readEnvironment({ NODE_ENV: 'production' })).toThrow('AUTH_SECRET is needed')
  expect(readEnvironment({ NODE_ENV: 'production', DEMO: '1' }).demo).toBe(true)
  const announced = { AUTH_SECRET: secret, APP_URL: 'https://desk.hanoi.example', TRUSTED_PROXIES: '10.0.0.1' }
  expect(readEnvironment({ NODE_ENV: 'production', ...announced, DEMO: '' }).demo).toBe(false)
})

test('production does not start without its address, except in the demo: a stranger could choose it', () => {
  expect(() => readEnvironment({ NODE_ENV: 'production', AUTH_SECRET: secret })).toThrow('APP_URL is needed')
  expect(readEnvironment({ NODE_ENV: 'production', DEMO: '1' }).appUrl).toBeUndefined()
  expect(readEnvironment({ AUTH_SECRET: secret }).appUrl).toBeUndefined()
})

test('an invalid variable is reported by its name', () => {
  expect(() => readEnvironment({ PORT: 'eighty' })).toThrow('PORT')
  expect(() => readEnvironment({ APP_URL: 'desk.hanoi' })).toThrow('APP_URL')
})

test('proxies are separated by commas or spaces, and `off` switches the worker off', () => {
  const { trustedProxies, worker } = readEnvironment({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1', WORKER: 'off' })
  expect([trustedProxies, worker]).toEqual([['10.0.0.0/8', '192.0.2.1'], false])
})

test('behind a proxy that terminates TLS, trusted proxies must be named or declared as `none`', () => {
  const announced = { NODE_ENV: 'production', AUTH_SECRET: secret, APP_URL: 'https://desk.hanoi.example' }
  expect(() => readEnvironment(announced)).toThrow('TRUSTED_PROXIES is needed with an https APP_URL')
  expect(() => readEnvironment({ ...announced, DEMO: '1' })).toThrow('TRUSTED_PROXIES')
  expect(readEnvironment({ ...announced, TRUSTED_PROXIES: 'none' }).trustedProxies).toEqual([])
  expect(readEnvironment({ ...announced, NODE_ENV: 'development' }).trustedProxies).toEqual([])
})

test('networks are addresses or ranges, and nothing else', () => {
  const OFFICE_NETWORKS = '10.12.0.0/16 2001:db8:12::/48, 192.0.2.7'
  expect(readEnvironment({ OFFICE_NETWORKS }).officeNetworks).toHaveLength(3)
  for (const wrong of ['proxy.local', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', '2001:db8::/129', '10.0.0.0/x']) {
    expect(() => readEnvironment({ TRUSTED_PROXIES: wrong })).toThrow('TRUSTED_PROXIES')
    expect(() => readEnvironment({ OFFICE_NETWORKS: wrong })).toThrow(`${wrong} is neither an address nor a range`)
  }
})

test('internal systems are named by host, address or range', () => {
  const OUTBOUND_INTERNAL = 'Bus.Hanoi.internal, 10.12.0.0/16 fd00::1'
  expect(readEnvironment({ OUTBOUND_INTERNAL }).outboundInternal).toEqual([
    'bus.hanoi.internal',
    '10.12.0.0/16',
    'fd00::1',
  ])
  for (const wrong of ['https://bus.internal', '10.0.0.0/33', 'bus.internal/path', '*']) {
    expect(() => readEnvironment({ OUTBOUND_INTERNAL: wrong })).toThrow('OUTBOUND_INTERNAL')
  }
})

test('the city’s own sign-in is on when all three of its settings are there', () => {
  const two = { OIDC_ISSUER: 'https://sso.example', OIDC_CLIENT_ID: 'desk' }
  expect(readEnvironment(two).oidc).toBeUndefined()
  expect(readEnvironment({ ...two, OIDC_CLIENT_SECRET: 's' }).oidc?.usernameClaim).toBe('preferred_username')
})

test('photos are stored in a bucket when it is named with its account', () => {
  const account = { S3_ACCESS_KEY_ID: 'desk', S3_SECRET_ACCESS_KEY: 'secret' }
  const place = { S3_ENDPOINT: 'https://s3.hanoi.example', S3_BUCKET: 'desk' }
  expect(readEnvironment({}).s3).toBeUndefined()
  expect(() => readEnvironment({ S3_BUCKET: 'desk' })).toThrow('S3_BUCKET and S3_ENDPOINT go together')
  expect(() => readEnvironment(place)).toThrow('S3_SECRET_ACCESS_KEY')
  expect(readEnvironment({ ...place, ...account }).s3).toMatchObject({ bucket: 'desk', pathStyle: true })
})

test('mail is sent once the server, the sender and the domains are named', () => {
  const server = { SMTP_URL: 'smtp://desk:secret@mail.example:587' }
  expect(readEnvironment({}).mail).toBeUndefined()
  expect(() => readEnvironment(server)).toThrow('MAIL_FROM and MAIL_DOMAINS are needed')
  expect(() => readEnvironment({ ...server, MAIL_FROM: 'desk@hanoi.example' })).toThrow('MAIL_DOMAINS are needed')
  const all = { ...server, MAIL_FROM: 'desk@hanoi.example', MAIL_DOMAINS: 'Hanoi.example, thudo.example' }
  expect(readEnvironment(all).mail).toMatchObject({ domains: ['hanoi.example', 'thudo.example'] })
})

test('tile servers are listed by their origins', () => {
  const origins = ['https://tiles.example', 'https://fonts.example']
  expect(readEnvironment({ MAP_TILE_ORIGINS: origins.join(' ') }).mapTileOrigins).toEqual(origins)
  expect(() => readEnvironment({ MAP_TILE_ORIGINS: 'tiles' })).toThrow('MAP_TILE_ORIGINS')
})

test('security contacts are addresses that security.txt may name; a mail address is written as one', () => {
  const contacts = 'baomat@hanoi.example, https://hanoi.example/bao-mat'
  expect(readEnvironment({ SECURITY_CONTACT: contacts }).securityContacts).toEqual([
    'mailto:baomat@hanoi.example',
    'https://hanoi.example/bao-mat',
  ])
  expect(readEnvironment({}).securityContacts).toEqual([])
  expect(() => readEnvironment({ SECURITY_CONTACT: 'http://hanoi.example' })).toThrow('SECURITY_CONTACT')
})

/** Files other than environment.ts that read or set the environment, and why. */
const beside: Record<string, string> = {
  'server/platform/log.ts': 'writes before anything else is read',
  'server/jobs/worker.ts': 'opens the database of this very moment, as db/client.ts does',
  'server/main.ts': 'tells next-auth its address',
  'server/http/built-config.ts': 'hands Next the configuration of the build, which it takes from nowhere else',
  'app/(public)/page-parts.ts': 'Next writes in what NODE_ENV is',
  'app/api/docs/route.tsx': 'Next writes in what NODE_ENV is',
  'next.config.ts': 'hears from scripts/production.ts which kind of build it is',
  'proxy.ts': 'Next writes in what NODE_ENV is',
}

test('the program reads its environment in one place', () => {
  const files = globSync('{app,components,messages,server}/**/*.{ts,tsx}', { cwd: root })
  const reading = ['proxy.ts', 'next.config.ts', ...files]
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file) && textOf(file).includes('process.env'))
    .filter((file) => file !== 'server/platform/environment.ts')
  expect(reading.sort(), 'read it through environment(), or say why not in this test').toEqual(
    Object.keys(beside).sort(),
  )
})

/**
 * Variables that the machine, npm and the tools set themselves, and those that one process of the tests or the bench
 * passes to another.
 */
const notOurs = [
  'CI',
  'LANG',
  'LC_ALL',
  'PATH',
  'SystemRoot',
  'npm_execpath',
  'DESK_LOG',
  'DESK_URL',
  'BENCH_FILES',
  'BENCH_STATEMENTS',
  'INSTALL_BUSY_SECONDS',
  'INSTALL_SECONDS',
  'CLONING_TIMES',
  'COMPONENTS_AHEAD',
  'UNIT_TIMES',
  'JOURNEY_TIMES',
]

test('every variable that the scripts and the database code read is declared', () => {
  const files = globSync('{bench,db,e2e,scripts}/**/*.{ts,mjs}', { cwd: root })
  const named = files.flatMap((file) => [...textOf(file).matchAll(/process\.env\.(\w+)/g)].map(([, name]) => name))
  const known = [...variables, ...notOurs]
  expect([...new Set(named)].filter((name) => !known.includes(name ?? ''))).toEqual([])
})

test('the README lists every variable, and none that does not exist', () => {
  const table = textOf('README.md').split('## Configuration')[1]?.split('\n## ')[0] ?? ''
  const rows = table.split('\n').filter((line) => line.startsWith('| `'))
  const told = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name))
  expect(told.sort()).toEqual([...variables].sort())
})
