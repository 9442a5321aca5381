import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { messagesOf } from '#messages/catalog.ts'
import { locales } from '#messages/locales.ts'
import { digestOf } from './digest.ts'
import { failureKinds, failureOf, type PublicFailure } from './public-failure.ts'

const refusing = (httpStatus: number, code?: string, details: object = {}) => {
  const data = { httpStatus, ...(code && { refusal: { code, details } }) }
  return TRPCClientError.from({ error: { message: 'x', code: -32_000, data } } as never)
}
const between = (status: number | undefined, cause: Error) =>
  TRPCClientError.from(cause, status === undefined ? {} : { meta: { response: { status } } })
const withDigest = (digest: string) =>
  Object.assign(new Error('An error occurred in the Server Components render.'), { digest })
const refusal = (code: string, details: object = {}) => ({
  refusal: { code, details: details as Record<string, unknown> },
})
const coded = { fault: 'K7QF2M9DXA' }

test.each<[string, unknown, PublicFailure]>([
  ['no line', between(undefined, new TypeError('Failed to fetch')), { kind: 'unreachable' }],
  ['an answer that breaks off', between(200, new Error('Stream closed')), { kind: 'unreachable' }],
  ['a page of the hotel in place of an answer', between(200, new SyntaxError('<')), { kind: 'unreachable' }],
  ['a proxy that finds no desk', between(502, new SyntaxError('<')), { kind: 'away' }],
  ['a proxy that lets nothing so long through', between(413, new SyntaxError('<')), { kind: 'input' }],
  ['a proxy of whose answer no more is known', between(undefined, new SyntaxError('<')), { kind: 'away' }],
  ['a batch that breaks off', between(undefined, new Error('Stream closed')), { kind: 'unreachable' }],
  ['a call given up by the page itself', between(undefined, new Error('Aborted')), { kind: 'script' }],
  ['the database away', refusing(503, 'unavailable'), { kind: 'away', ...refusal('unavailable') }],
  ['the disk full', refusing(507, 'storage_full'), { kind: 'away', ...refusal('storage_full') }],
  ['a right that is missing', refusing(403, 'forbidden'), { kind: 'forbidden', ...refusal('forbidden') }],
  ['an own answer', refusing(403, 'own_answer'), { kind: 'refused', ...refusal('own_answer') }],
  ['nothing there', refusing(404, 'not_found'), { kind: 'missing', ...refusal('not_found') }],
  ['a procedure that does not exist', refusing(404), { kind: 'input' }],
  ['what cannot be read', refusing(400, 'bad_input'), { kind: 'input', ...refusal('bad_input') }],
  ['a change by a colleague', refusing(409, 'conflict'), { kind: 'refused', ...refusal('conflict') }],
  [
    'a rule',
    refusing(422, 'too_many_photos', { most: 3 }),
    { kind: 'refused', ...refusal('too_many_photos', { most: 3 }) },
  ],
  ['too many tries', refusing(429, 'export_busy'), { kind: 'refused', ...refusal('export_busy') }],
  ['a sign-in that has ended', refusing(401, 'session_idle'), { kind: 'refused', ...refusal('session_idle') }],
  ['a defect', refusing(500, 'defect', coded), { kind: 'defect', ...coded, ...refusal('defect', coded) }],
  ['a defect of which nothing is told', refusing(500), { kind: 'defect' }],
  [
    'a page whose procedure failed',
    withDigest('desk:defect:K7QF2M9DXA'),
    { kind: 'defect', ...coded, ...refusal('defect', coded) },
  ],
  ['a page without its database', withDigest('desk:unavailable'), { kind: 'away', ...refusal('unavailable') }],
  ['a page that was asked nonsense', withDigest('desk:bad_input'), { kind: 'input', ...refusal('bad_input') }],
  [
    'a page that a rule refused',
    withDigest('desk:incident_closed'),
    { kind: 'refused', ...refusal('incident_closed') },
  ],
  ['a page that failed by itself', withDigest('2338971'), { kind: 'defect', fault: '2338971' }],
  ['a picture without a line', new TypeError('Failed to fetch'), { kind: 'unreachable' }],
  ['the same in Firefox', new TypeError('NetworkError when attempting to fetch resource.'), { kind: 'unreachable' }],
  ['the same in Safari', new TypeError('Load failed'), { kind: 'unreachable' }],
  ['code that did not come', Object.assign(new Error(), { name: 'CodeMissing' }), { kind: 'unreachable' }],
  ['a script that broke', new TypeError("Cannot read properties of undefined (reading 'id')"), { kind: 'script' }],
  ['no error at all', 'x', { kind: 'script' }],
  ['nothing', null, { kind: 'script' }],
])('%s is classified', (_, error, failure) => {
  expect(failureOf(error)).toEqual(failure)
})

test.each([
  { code: 'unavailable', details: {} },
  { code: 'defect', details: coded },
])('a failing page passes $code on in its digest', (refused) => {
  expect(failureOf(withDigest(digestOf(refused))).refusal).toEqual(refused)
})

test.each(locales)('every kind of failure has messages in %s', (locale) => {
  const { failures } = messagesOf(locale)
  expect(failureKinds.filter((kind) => !failures[kind].title || !failures[kind].sentence)).toEqual([])
})
