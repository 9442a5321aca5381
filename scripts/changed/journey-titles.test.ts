import { expect, test } from 'vitest'
import { journeysIn } from './journey-titles.ts'

test('journeys are found with the line of their call, however it is broken', () => {
  const text = [
    "import { test } from './fixtures.ts'",
    "test.use({ locale: 'vi' })",
    "test('one', async () => {",
    '  test(',
    `    \`two of \${username}\`,`,
    "test.describe('a group', () => {",
    "  test('it’s three', async () => {",
  ].join('\n')
  expect(journeysIn(text)).toEqual([
    { line: 3, title: 'one' },
    { line: 4, title: `two of \${username}` },
    { line: 7, title: 'it’s three' },
  ])
})
