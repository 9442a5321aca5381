import { describe, expect, test } from 'vitest'
import { DomainError } from '#server/platform/errors.ts'
import { assertFit } from './password-strength.ts'
import { demoPassword } from './rules/password.ts'

const owner = { username: 'canbo.hoankiem', name: 'Nguyễn Thị Lan' }

async function refusalReasonOf(typed: string): Promise<string | null> {
  try {
    await assertFit(typed, owner)
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

describe('a password', () => {
  test.each([
    'password1234',
    'P@ssw0rd1234',
    'matkhau123456',
    'Mật khẩu 123456',
    'matkhaucuatoi',
    'cầu Long Biên 1902',
    'hanoi2024hanoi',
    'hanoi20242025',
    'Hanoi@123456',
    'thudohanoi2024',
    'Thanhpho@2024',
    'phuonghoankiem1',
    'ubndhanoi@123',
    'emyeuhanoi123',
    'anhyeuem1234',
    'nguyenthilan1985',
    'Nguyễn Thị Lan 1985',
    'nguyenlan@1985',
    'qwertyuiop12',
    'qwertyuiopasdf',
    '1qaz2wsx3edc',
    'q1w2e3r4t5y6',
    '123456789012',
    '01/01/1990 lan',
    'abcdefghijkl',
    'hoankiemcanbo',
    'canbohoankiem2025',
    'lanlanlanlanlan12',
    'hoan.kiem.2025!!',
    'Ủy ban nhân dân 2025',
    // Regardless of the length: repetition adds little.
    'hanoi'.repeat(25),
  ])('%j is easy to guess', async (typed) => expect(await refusalReasonOf(typed)).toBe('password_weak'))

  test.each([
    ['canbo.hoankiemcanbo.hoankiem', 'password_username'],
    ['canbo.hoankiem2024', 'password_username'],
    [demoPassword, 'password_demo'],
    ['ngắn quá', 'password_short'],
  ])('%j: %s', async (typed, refusalReason) => expect(await refusalReasonOf(typed)).toBe(refusalReason))

  test.each([
    'mưa rào tháng bảy',
    'nắng hanh tháng mười',
    'hoa gạo tháng ba nở đỏ',
    'một câu dễ nhớ',
    'mưa-rào-11-giờ',
    'correct horse battery staple',
    'xK9#mQ2$vL7p',
    'xe đạp xanh chở bưởi',
  ])('%j may be chosen', async (typed) => expect(await refusalReasonOf(typed)).toBeNull())

  test('is evaluated quickly, however long and odd it is', async () => {
    const startedAt = performance.now()
    for (const typed of ['a1b2'.repeat(32), 'ạ@8$'.repeat(32), '4@8({3'.repeat(21)]) await refusalReasonOf(typed)
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })
})
