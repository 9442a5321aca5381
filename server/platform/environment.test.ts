import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

const secret = 'x'.repeat(32)

test('without anything set the desk runs in development with a secret made up at the start', () => {
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

test('production does not start without a secret that its processes share, save in the demo', () => {
  expect(() => readEnvironment({ NODE_ENV: 'production' })).toThrow('AUTH_SECRET is needed')
  expect(readEnvironment({ NODE_ENV: 'production', DEMO: '1' }).demo).toBe(true)
  expect(readEnvironment({ NODE_ENV: 'production', AUTH_SECRET: secret, DEMO: '' }).demo).toBe(false)
})

test('what is set wrong is told with its name', () => {
  expect(() => readEnvironment({ PORT: 'eighty' })).toThrow('PORT')
  expect(() => readEnvironment({ APP_URL: 'desk.hanoi' })).toThrow('APP_URL')
})

test('proxies are listed with commas or spaces, the worker is switched off by a word', () => {
  const { trustedProxies, worker } = readEnvironment({ TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1', WORKER: 'off' })
  expect([trustedProxies, worker]).toEqual([['10.0.0.0/8', '192.0.2.1'], false])
})

test('the city’s own sign-in is on when all three of its settings are there', () => {
  const two = { OIDC_ISSUER: 'https://sso.example', OIDC_CLIENT_ID: 'desk' }
  expect(readEnvironment(two).oidc).toBeUndefined()
  expect(readEnvironment({ ...two, OIDC_CLIENT_SECRET: 's' }).oidc?.usernameClaim).toBe('preferred_username')
})
