import { loudspeakerLimits } from '#server/platform/rules/limits.ts'
import { namesAPerson } from '#server/reports/rules/answer-findings.ts'
import { isOutdated, readingSeconds } from './loudspeaker.ts'
import { placeholderIn } from './placeholders.ts'
import type { BulletinContent } from './schemas.ts'
import { digitWords } from './spoken-numbers.ts'

export type LoudspeakerFinding = {
  code:
    | 'placeholder_left'
    | 'loudspeaker_outdated'
    | 'loudspeaker_figures'
    | 'loudspeaker_long'
    | 'loudspeaker_personal'
  level: 'error' | 'warning'
  words: string
}

/**
 * What is wrong with a manually written text for the loudspeakers; a text that is made from the fields has their
 * findings.
 */
export function loudspeakerFindings(content: BulletinContent): LoudspeakerFinding[] {
  if (!content.loudspeaker) return []
  const { text } = content.loudspeaker
  const findings: LoudspeakerFinding[] = []
  const add = (code: LoudspeakerFinding['code'], level: LoudspeakerFinding['level'], words: string) =>
    findings.push({ code, level, words })
  const blank = placeholderIn(text)
  if (blank !== null) add('placeholder_left', 'error', blank)
  if (isOutdated(content)) add('loudspeaker_outdated', 'error', text)
  const figures = /\S*\d\S*/.exec(text)
  if (figures) add('loudspeaker_figures', 'warning', figures[0])
  if (readingSeconds(text) > loudspeakerLimits.longestSeconds) add('loudspeaker_long', 'warning', '')
  if (namesAPerson(withDigits(text))) add('loudspeaker_personal', 'warning', '')
  return findings
}

const oneDigit = `(?:${[...digitWords, 'tư'].join('|')})`
const spelled = new RegExp(`(?<![\\p{L}])${oneDigit}(?:[\\s,]+${oneDigit}){8,}(?![\\p{L}])`, 'giu')

/** Numbers that are spelled digit by digit, as digits again: spelled out they identify a person all the same. */
function withDigits(text: string): string {
  return text.replace(spelled, (words) =>
    words
      .toLowerCase()
      .split(/[\s,]+/)
      .map((word) => (word === 'tư' ? 4 : digitWords.indexOf(word)))
      .join(''),
  )
}
