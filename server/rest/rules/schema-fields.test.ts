import { expect, test } from 'vitest'
import { fieldsOf } from './schema-fields.ts'

test('a schema is told as lines: with nested fields under their path, and what may be null', () => {
  const schema = {
    type: 'object',
    required: ['code'],
    properties: {
      code: { type: 'string', description: 'The code' },
      at: { anyOf: [{ type: 'string', format: 'date-time' }, { type: 'null' }] },
      agency: { anyOf: [{ type: 'object', properties: { id: { type: 'string' } } }, { type: 'null' }] },
      answers: {
        type: 'array',
        items: { type: 'object', required: ['kind'], properties: { kind: { enum: ['a', 'b'] } } },
      },
      states: { type: 'array', items: { enum: ['a', 'b'] } },
      deadline: { $ref: '#/components/schemas/Deadline' },
    },
  }
  expect(fieldsOf(schema).map(({ name, type, isRequired }) => [name, type, isRequired])).toEqual([
    ['code', 'string', true],
    ['at', 'date-time | null', false],
    ['agency', 'object | null', false],
    ['agency.id', 'string', false],
    ['answers', 'object[]', false],
    ['answers.kind', 'a | b', true],
    ['states', '(a | b)[]', false],
    ['deadline', 'Deadline', false],
  ])
  expect([fieldsOf(null), fieldsOf({ type: 'string' })]).toEqual([[], []])
})
