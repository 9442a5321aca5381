import type { Random } from './random.ts'

const hex = (random: Random, digits: number): string => {
  let text = ''
  while (text.length < digits) text += random.int(0, 0xffff).toString(16).padStart(4, '0')
  return text.slice(0, digits)
}

/** A version 7 UUID of that instant, with random bits from the city's own generator. */
export function uuidAt(random: Random, at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  const variant = '89ab'[random.int(0, 3)]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random, 3)}-${variant}${hex(random, 3)}-${hex(random, 12)}`
}
