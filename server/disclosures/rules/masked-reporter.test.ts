import { expect, test } from 'vitest'
import { maskedReporter } from './masked-reporter.ts'

const nobody = { name: null, phone: null, email: null, address: null }

test.each([
  ['Nguyễn Văn An', 'N.V.A.'],
  ['Đỗ Thị Ánh'.normalize('NFD'), 'Đ.T.Á.'],
  ['  ', null],
  [null, null],
])('of the name %s the initials are shown', (name, initials) => {
  expect(maskedReporter({ ...nobody, name })?.initials).toBe(initials)
})

test.each([
  ['+84 95 123 4321', '••••••••21'],
  ['0951234321', '••••••••21'],
  ['12 34', '••34'],
  [null, null],
])('of the phone %s two digits are shown', (phone, shown) => {
  expect(maskedReporter({ ...nobody, phone })?.phone).toBe(shown)
})

test('of mail and address only their existence is shown', () => {
  const masked = maskedReporter({ ...nobody, email: 'an@example.com', address: '12 Lò Đúc' })
  expect(masked).toMatchObject({ hasEmail: true, hasAddress: true })
  expect(JSON.stringify(masked)).not.toMatch(/example|Lò Đúc/)
})

test('a report without a reporter shows none', () => expect(maskedReporter(null)).toBeNull())
