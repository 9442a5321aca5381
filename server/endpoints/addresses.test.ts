import { describe, expect, test } from 'vitest'
import { rangesOf } from '#server/platform/ranges.ts'
import { clientAddress, isReadable, readableAddress } from './addresses.ts'
import { isForeign } from './origin.ts'

describe('the address of a request', () => {
  const isTrusted = rangesOf(['10.0.0.0/8', '192.0.2.10', 'fd00::/8'])

  test.each([
    ['a stranger who claims another', '203.0.113.5', '198.51.100.1', '203.0.113.5'],
    ['a stranger over an IPv6 socket', '::ffff:203.0.113.5', '198.51.100.1', '203.0.113.5'],
    ['someone behind our proxy', '10.1.1.1', '203.0.113.5', '203.0.113.5'],
    ['someone behind two of our proxies', '192.0.2.10', '203.0.113.5, 10.0.0.7', '203.0.113.5'],
    ['someone who made up a hop before our proxy', '10.1.1.1', '1.2.3.4, 203.0.113.5', '203.0.113.5'],
    ['someone behind our proxy on IPv6', 'fd00::1', '2001:db8::5', '2001:db8::5'],
    ['our proxy itself', '10.1.1.1', undefined, '10.1.1.1'],
    ['our proxy with nonsense in the header', '10.1.1.1', '203.0.113.5, unknown', '10.1.1.1'],
  ])('of %s', (_, peer, forwardedFor, address) =>
    expect(clientAddress({ peer, forwardedFor }, isTrusted)).toBe(address),
  )
})

describe('a state-changing request', () => {
  const post = (origin: string | undefined, { host = 'desk.hanoi.gov.vn', url = '/api/trpc/me.touch' } = {}) => ({
    method: 'POST',
    url,
    headers: { origin, host },
  })
  const open = { appUrl: undefined, scheme: 'http' as const }
  const secure = { appUrl: new URL('https://desk.hanoi.gov.vn'), scheme: 'https' as const }

  test.each([
    ['by our own page', post('http://desk.hanoi.gov.vn'), open, false],
    ['by our own page on another port', post('http://desk.hanoi.gov.vn:81'), open, true],
    ['by a foreign page', post('http://evil.example'), open, true],
    ['by a page without an origin', post('null'), open, true],
    ['by who does not say', post(undefined), open, true],
    ['by who does not say, at the sign-in', post(undefined, { url: '/api/auth/signout' }), open, false],
    ['by a foreign page, at the sign-in', post('http://evil.example', { url: '/api/auth/signout' }), open, true],
    ['by our secure page', post('https://desk.hanoi.gov.vn'), secure, false],
    ['by our page without its security', post('http://desk.hanoi.gov.vn'), secure, true],
    ['by a page that brings its own host', post('https://evil.example', { host: 'evil.example' }), secure, true],
    ['by reading', { ...post('http://evil.example'), method: 'GET' }, secure, false],
  ])('%s', (_, request, home, foreign) => expect(isForeign(request, home)).toBe(foreign))
})

test.for([
  ['/reports/HN-260302-0001?words=c%C3%A2y', true],
  ['/ban-tin/%C4%91%E1%BB%95', true],
  ['/reports?words=100%', true],
  ['/reports/%', false],
  ['/reports/%E0%A4%A', false],
  ['/_next/static/%00.js', false],
  ['/reports?words=a%00b', false],
])('the address %s is read: %s', ([address, readable]) => {
  expect(isReadable(address as string)).toBe(readable)
})

test.for([
  ['GET', '/ban-tin/%E0%A4%A', '/ban-tin/-/-'],
  ['HEAD', '/en/ban-tin?q=%00', '/en/ban-tin/-/-'],
  ['POST', '/ban-tin/%E0', null],
  ['GET', '/ban-tinh/%E0', null],
  ['GET', '/reports/%E0', null],
  ['GET', '/ban-tin/cam-cau?q=100%', '/ban-tin/cam-cau?q=100%'],
])('%s %s is looked up as %s: a mistyped bulletin address leads to none', ([method, url, address]) => {
  expect(readableAddress({ method: method as string, url: url as string })).toBe(address)
})
