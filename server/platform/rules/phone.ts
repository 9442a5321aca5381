import { fold } from './text.ts'

const ofPerson = [
  // A mobile number.
  /^0[35789]\d{8}$/,
  // A landline with its area code: 024 and 8 digits in Hanoi, 0203 and 7 digits in Quảng Ninh.
  /^02\d{9}$/,
  // A number of another country, with `+` and at most 15 digits (E.164).
  /^\+(?!84)[1-9]\d{6,14}$/,
]
/** Call centres and short numbers, which belong to no one. */
const hotlines = [/^1[89]00\d{4,6}$/, /^1022$/, /^11[1-5]$/]

/** An extension behind a number, folded: "máy lẻ 12", "số lẻ 12", "(ext. 12)". */
const extension = /[\s(,;/-]*(?:may le|so le|may nhanh|extension|ext)[\s.:]*(\d{1,6})\)?\s*$/

/**
 * A phone number as digits, a Vietnamese one with a leading 0 and a foreign one with its `+`, without its extension;
 * null if it is not one. The database has the same function as `phone_digits`.
 */
export function phoneOf(value: string): string | null {
  const digits = fold(value)
    .replace(extension, '')
    .replace(/[\s.\p{Pd}−]/gu, '')
    // +84 (0)912…: the 0 that the country code replaces.
    .replace(/^(\(?(?:\+|00)[1-9]\d{0,2}\)?|\(?84\)?)\(0\)/, '$1')
    .replace(/[()]/g, '')
    .replace(/^00/, '+')
    .replace(/^\+84/, '0')
    .replace(/^84(?=[35789]\d{8}$|2\d{9}$)/, '0')
  return [...ofPerson, ...hotlines].some((form) => form.test(digits)) ? digits : null
}

/** A phone number that identifies a person; null for a hotline. */
export function personsPhoneOf(value: string): string | null {
  const phone = phoneOf(value)
  return phone !== null && ofPerson.some((form) => form.test(phone)) ? phone : null
}

/** The address by which a phone calls a number as it was typed, with its extension (RFC 3966). */
export function phoneLinkOf(value: string): string {
  const whole = fold(value)
  const found = extension.exec(whole)
  const behind = found?.[1]
  const before = whole.slice(0, found?.index).replace(/[^+\d]/g, '')
  return `tel:${phoneOf(value) ?? before}${behind ? `;ext=${behind}` : ''}`
}

/** A phone number with all but its last two digits hidden: a hundred million numbers remain possible. */
export const maskedPhone = (phone: string): string => `${'•'.repeat(Math.max(0, phone.length - 2))}${phone.slice(-2)}`
