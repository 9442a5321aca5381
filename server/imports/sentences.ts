import { createTranslator } from 'next-intl'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import type { DomainError } from '#server/platform/errors.ts'
import type { BadRow, ImportCounts } from './commands/import-reports.ts'

/** A translation whose key is known only at run time. */
type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string

/** The messages of an import, in the reader's language. */
export function importSentences(locale: Locale) {
  const messages = messagesOf(locale)
  const say = createTranslator({ locale, messages, namespace: 'imports' }) as Say
  const refuse = createTranslator({ locale, messages, namespace: 'refusals' }) as Say

  /** The line and its faults: "Dòng 12: tiêu đề bị trống." */
  function bad({ line, faults }: BadRow): string {
    const reasons = faults.map(({ field, code, value }) =>
      say('reason', { field: say(`fields.${field || 'row'}`), reason: say(`faults.${code}`, { value }) }),
    )
    return say('bad', { line: String(line), reasons: reasons.join('; ') })
  }

  /** Why nothing was imported, with the invalid lines if there are any. */
  function refused({ code, details }: DomainError): string {
    const lines = (details.bad ?? []) as BadRow[]
    const unnamed = Number(details.count ?? lines.length) - lines.length
    return [refuse(code, details), ...lines.map(bad), ...(unnamed > 0 ? [say('more', { count: unnamed })] : [])].join(
      '\n',
    )
  }

  return { bad, refused, finished: (counts: ImportCounts): string => say('finished', counts) }
}
