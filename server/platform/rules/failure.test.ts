import { expect, test } from 'vitest'
import { DomainError } from '../errors.ts'
import { isRetryable, refusalFor, refusalHeaders } from './failure.ts'

const postgres = (code: string, severity = 'ERROR') =>
  Object.assign(new Error('said by PostgreSQL'), { code, severity })
const system = (code: string) => Object.assign(new Error('said by the system'), { code })
const wrapped = (cause: unknown) => new Error('Failed query', { cause })

const cases: [string, unknown, string][] = [
  ['NUL in a text', postgres('22021'), 'bad_input'],
  ['a number above its column', postgres('22003'), 'bad_input'],
  ['the year 275760', postgres('22008'), 'bad_input'],
  ['half of a character in JSON', postgres('22P05'), 'bad_input'],
  ['too deep', postgres('54001'), 'bad_input'],
  ['a malformed percent escape', new URIError('URI malformed'), 'bad_input'],
  ['an address that is none', system('ERR_INVALID_URL'), 'bad_input'],
  ['an id of nothing', postgres('23503'), 'not_found'],
  ['the same id at the same moment', postgres('23505'), 'conflict'],
  ['two that wait for each other', postgres('40P01'), 'busy'],
  ['a statement that takes too long', postgres('57014'), 'too_slow'],
  ['a disk without room for the database', postgres('53100'), 'storage_full'],
  ['a disk without room for files', system('ENOSPC'), 'storage_full'],
  ['a server that shuts down', postgres('57P01', 'FATAL'), 'unavailable'],
  ['a database that lets nobody in', postgres('55000', 'FATAL'), 'unavailable'],
  ['a port where nobody listens', system('ECONNREFUSED'), 'unavailable'],
  ['a pool without a free connection', system('POOL_BUSY'), 'database_busy'],
  ['a line that breaks', system('CONNECTION_CLOSED'), 'unavailable'],
  ['a division by zero', postgres('22012'), 'defect'],
  ['a table that is not there', postgres('42P01'), 'defect'],
  ['a slip in the code', new TypeError('undefined is not a function'), 'defect'],
  ['JSON of ours that cannot be read', new SyntaxError('Unexpected token'), 'defect'],
  ['a file of ours that is not there', system('ENOENT'), 'defect'],
  ['nothing at all', undefined, 'defect'],
]

test.for(cases)('%s maps to its refusal, bare or wrapped', ([, thrown, code]) => {
  expect(refusalFor(thrown).code).toBe(code)
  expect(refusalFor(wrapped(wrapped(thrown))).code).toBe(code)
})

test('a refusal of a rule is unchanged', () => {
  const refusal = new DomainError('conflict', { version: 2 })
  expect([refusalFor(refusal), refusalFor(wrapped(refusal))]).toEqual([refusal, refusal])
})

test('an error that is its own cause does not loop', () => {
  const error: Error & { cause?: unknown } = new Error('round and round')
  error.cause = error
  expect(refusalFor(error).code).toBe('defect')
})

test('a retryable refusal says when to retry', () => {
  expect(['unavailable', 'storage_full', 'busy', 'too_slow', 'bad_input', 'defect'].filter(isRetryable)).toEqual([
    'unavailable',
    'storage_full',
    'busy',
    'too_slow',
  ])
  expect(refusalHeaders(new DomainError('unavailable'))).toMatchObject({ 'retry-after': '5' })
  expect(refusalHeaders(new DomainError('too_many_requests', { seconds: 40 }))).toMatchObject({ 'retry-after': '40' })
  expect(refusalHeaders(new DomainError('bad_input'))).not.toHaveProperty('retry-after')
})
