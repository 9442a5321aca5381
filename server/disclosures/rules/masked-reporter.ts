import { maskedPhone, phoneOf } from '#server/platform/rules/phone.ts'

export type MaskedReporter = {
  /** N.V.A. for Nguyễn Văn An; null if no name was given. */
  initials: string | null
  /** ••••••••21 */
  phone: string | null
  hasEmail: boolean
  hasAddress: boolean
}

type Reporter = { name: string | null; phone: string | null; email: string | null; address: string | null }

/** All that is shown of a reporter without a disclosure. */
export function maskedReporter(reporter: Reporter | null): MaskedReporter | null {
  if (!reporter) return null
  return {
    initials: initialsIn(reporter.name),
    phone: reporter.phone ? maskedPhone(phoneOf(reporter.phone) ?? reporter.phone.replace(/\s/g, '')) : null,
    hasEmail: Boolean(reporter.email),
    hasAddress: Boolean(reporter.address),
  }
}

function initialsIn(name: string | null): string | null {
  const words = (name ?? '').normalize('NFC').trim().split(/\s+/).filter(Boolean)
  return words.length === 0 ? null : words.map((word) => `${[...word][0]?.toLocaleUpperCase('vi')}.`).join('')
}
