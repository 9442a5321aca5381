import { describe, expect, test } from 'vitest'
import { maskedPhone, personsPhoneOf, phoneLinkOf, phoneOf } from './phone.ts'

describe('a phone number', () => {
  test.each([
    ['0912345678', '0912345678'],
    ['0312345678', '0312345678'],
    ['0512345678', '0512345678'],
    ['0712345678', '0712345678'],
    ['0812345678', '0812345678'],
    ['0912 345 678', '0912345678'],
    ['0912.345.678', '0912345678'],
    ['0912-345-678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['(+84) 912.345.678', '0912345678'],
    ['0084912345678', '0912345678'],
    ['024 3825 3536', '02438253536'],
    ['(024) 3825-3536', '02438253536'],
    ['+84 24 3825 3536', '02438253536'],
    ['028 3822 1234', '02838221234'],
    ['0203 3825 123', '02033825123'],
    ['+49 151 2345 6789', '+4915123456789'],
    ['+1 (617) 635-4500', '+16176354500'],
    ['84912345678', '0912345678'],
    ['84 24 3825 3536', '02438253536'],
    ['+84 (0)912 345 678', '0912345678'],
    ['(+84) (0)24 3825 3536', '02438253536'],
    ['84(0)912345678', '0912345678'],
    ['0084 (0) 912 345 678', '0912345678'],
    ['0049 151 2345 6789', '+4915123456789'],
    ['0049 (0)151 2345 6789', '+4915123456789'],
    ['001 617 635 4500', '+16176354500'],
    ['0912–345–678', '0912345678'],
    ['024 3825 3536 máy lẻ 12', '02438253536'],
    ['024 3825 3536 (Máy lẻ: 12)', '02438253536'],
    ['024 3825 3536, số lẻ 104', '02438253536'],
    ['(024) 3825 3536 ext. 12', '02438253536'],
    ['02438253536 Ext12', '02438253536'],
    ['+49 30 1234567 extension 5', '+49301234567'],
  ])('%s of a person is %s', (typed, digits) =>
    expect([phoneOf(typed), personsPhoneOf(typed)]).toEqual([digits, digits]),
  )

  test.each(['1900 1234', '1800 6060', '19001009', '1022', '111', '113', '114', '115'])(
    '%s is a hotline, which belongs to no one',
    (typed) => expect([phoneOf(typed), personsPhoneOf(typed)]).toEqual([typed.replace(' ', ''), null]),
  )

  test.each([
    ['', 'nothing'],
    ['09123456', 'a mobile number with two digits missing'],
    ['091234567', 'a mobile number with a digit missing'],
    ['09123456789', 'a mobile number with a digit too many'],
    ['0112345678', 'no prefix of a mobile number'],
    ['0612345678', 'no prefix of a mobile number'],
    ['024 382 5353', 'a landline with a digit missing'],
    ['38253536', 'a landline without its area code'],
    ['0412345678', 'an area code that no longer exists'],
    ['+84 12345', 'a number of Vietnam with digits missing'],
    ['8491234567', 'the same without its +'],
    ['84112345678', 'the country code and no prefix of a mobile number'],
    ['0084 12345', 'the same with 00'],
    ['0049 15', 'a foreign number with digits missing'],
    ['000 49 151 2345 678', 'one 0 too many'],
    ['máy lẻ 12', 'an extension alone'],
    ['024 3825 3536 máy lẻ', 'an extension without its number'],
    ['024 3825 3536 gặp 12', 'an extension by another word'],
    ['+84 0912 345 678', 'the country code and the 0 that it replaces'],
    ['4915123456789', 'a foreign number without its +'],
    ['+49 15', 'a foreign number with digits missing'],
    ['+1234567890123456', 'a foreign number with digits too many'],
    ['116', 'no short number'],
    ['0912 345 678 (anh Bình)', 'a number and words'],
    ['0912345678 / 0987654321', 'two numbers'],
    ['không có', 'words'],
  ])('“%s” is none: %s', (typed) => expect([phoneOf(typed), personsPhoneOf(typed)]).toEqual([null, null]))

  test.each([
    ['0912 345 678', 'tel:0912345678'],
    ['+84 (0)24 3825 3536 máy lẻ 12', 'tel:02438253536;ext=12'],
    ['1022 ext 3', 'tel:1022;ext=3'],
    ['0912 345', 'tel:0912345'],
    ['3825 3536 máy lẻ 12', 'tel:38253536;ext=12'],
  ])('%s is called by %s', (typed, link) => expect(phoneLinkOf(typed)).toBe(link))

  test('is masked to its last two digits', () =>
    expect(['0912345678', '+4915123456789'].map(maskedPhone)).toEqual(['••••••••78', '••••••••••••89']))
})
