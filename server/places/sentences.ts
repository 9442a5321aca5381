import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import type { DomainError } from '#server/platform/errors.ts'
import type { BadPlaceRow, PlaceCounts } from './commands/take-in-places.ts'

/** A translation whose key is known only at run time. */
type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string

/** What the import of places says, in the reader's language. */
export function placeSentences(locale: Locale) {
  const messages = messagesOf(locale)
  const say = createTranslator({ locale, messages, namespace: 'imports.places' }) as Say
  const refuse = createTranslator({ locale, messages, namespace: 'refusals' }) as Say

  const bad = ({ at, fault }: BadPlaceRow, unit: unknown) =>
    say('bad', { unit, at: String(at), reason: say(`faults.${fault}`) })

  /** Why nothing was taken in, with the bad lines if there are any. */
  function refused({ code, details }: DomainError): string {
    const lines = (details.bad ?? []) as BadPlaceRow[]
    const unnamed = Number(details.count ?? lines.length) - lines.length
    const more = unnamed > 0 ? [say('more', { count: unnamed })] : []
    return [refuse(code, details), ...lines.map((row) => bad(row, details.unit)), ...more].join('\n')
  }

  return { refused, finished: (counts: PlaceCounts): string => say('finished', counts) }
}
