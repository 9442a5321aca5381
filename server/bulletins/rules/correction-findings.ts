import { type Finding, found } from './checklist.ts'
import { documentText } from './document-text.ts'
import { changedFactOf } from './facts.ts'
import type { CorrectionKind } from './lifecycle.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'
import { isRespelled } from './typo.ts'

/**
 * A correction of a text that is public in two languages is made in both: readers of English must not go on reading
 * what no longer holds. Only the spelling of Vietnamese words may be corrected alone. Personal data may be in one
 * language alone: its removal leaves the other text as true as it was, once someone has checked it. A small correction
 * changes no fact.
 */
export function correctionFindings(
  content: BulletinContent,
  published: BulletinContent | null,
  places: readonly string[],
  correction: CorrectionKind | null = null,
): Finding[] {
  if (!published) return []
  const findings: Finding[] = []
  const changed = correction === 'minor' ? changedFactOf(published, content, places) : null
  if (changed) {
    // Of a field that is no text the difference has no words.
    const isWorded = changed.from !== '' || changed.to !== ''
    const words = isWorded ? [changed.from, changed.to].map((fact) => fact || '–').join(' → ') : ''
    findings.push(
      found('minor_changes_fact', 'error', { words, ...(changed.language && { language: changed.language }) }),
    )
  }
  if (!published.en || !content.en) return findings
  const level = correction === 'personal_data' ? 'warning' : 'error'
  const leftBehind = (words: string) => findings.push(found('english_not_corrected', level, { language: 'en', words }))
  const isSameEnglish = wordsOf(published.en) === wordsOf(content.en)
  if (isSameEnglish && wordsOf(published.vi) !== wordsOf(content.vi)) {
    if (!isRespelled(published.vi, content.vi, 'vi', places)) leftBehind(content.en.title)
  }
  const [before, after] = [published.alert, content.alert]
  if (!before || !after) return findings
  for (const [field, english] of alertWords) {
    if (before[field] !== after[field] && after[english] !== '' && before[english] === after[english])
      leftBehind(after[english])
  }
  return findings
}

const alertWords = [
  ['event', 'eventEn'],
  ['instruction', 'instructionEn'],
] as const

/** The words alone: their formatting and spacing is no news to readers. */
const wordsOf = ({ title, summary, body }: BulletinText): string =>
  [title, summary, documentText(body)].join('\n').split(/\s+/).join(' ')
