import { fold } from '#server/platform/rules/text.ts'
import type { AlignedText } from './aligned-text.ts'
import type { Finding } from './finding.ts'
import {
  conditions,
  generalAfter,
  generalBefore,
  needsVerb,
  persons,
  publicWords,
  qualifiers,
  sureConditions,
  verbs,
} from './health-words.ts'
import { isWithoutMarks, type Word, wordsIn } from './words-of-text.ts'

type Condition = { syllables: readonly string[]; folded: readonly string[]; isSure: boolean; needsVerb: boolean }

const tone = /[\u0300\u0301\u0303\u0309\u0323]/g
/** A syllable with its tone separated, because `hóa` and `hoá` are spellings of one syllable. */
const spellingOf = (syllable: string): string => {
  const parts = syllable.toLowerCase().normalize('NFD')
  return parts.replace(tone, '').normalize('NFC') + (parts.match(tone)?.join('') ?? '')
}
const syllablesOf = (words: string) => words.split(/[ /-]/)

/** By the first syllable without diacritics, longest first. */
const byFirst = new Map<string, Condition[]>()
for (const [list, isSure] of [
  [sureConditions, true],
  [conditions, false],
] as const) {
  for (const words of list) {
    const syllables = syllablesOf(words).map(spellingOf)
    const folded = syllablesOf(words).map((syllable) => fold(syllable))
    const condition = { syllables, folded, isSure, needsVerb: needsVerb.has(words.toLowerCase().replaceAll(' ', '_')) }
    const known = byFirst.get(folded[0] as string) ?? []
    byFirst.set(folded[0] as string, [...known, condition])
  }
}
for (const known of byFirst.values()) known.sort((a, b) => b.syllables.length - a.syllables.length)

const foldedSet = (words: Iterable<string>): ReadonlySet<string> => new Set([...words].map(fold))
const bare = { qualifiers: foldedSet(qualifiers), persons: foldedSet(persons), verbs: foldedSet(verbs) }
const blockedBy = (words: readonly string[]) =>
  new RegExp(`(?:^|[^\\p{L}])(?:${words.join('|')})(?: bệnh| benh)?[ :]*$`, 'u')
const isPublic = blockedBy(publicWords)
/** Without diacritics `sợ` would match `số`, and `chống` would match the word for husband. */
const isPublicBare = blockedBy(
  publicWords.filter((word) => /[ ]/.test(word) || ['viện', 'khoa', 'thuốc'].includes(word)).map(fold),
)

const joined = /^[ /-]$/
const endOfSentence = /[.!?;\n]/
/** The maximum distance in words between the person and the condition. */
const farthest = 25
/** The maximum number of words that qualify a condition. */
const mostQualifiers = 5

/** Finds conditions of persons. Names of institutions, campaigns and epidemics are excluded. */
export function healthIn(text: AlignedText): Finding[] {
  const words = wordsIn(text)
  const isBare = isWithoutMarks(words)
  const found: Finding[] = []
  for (let at = 0; at < words.length; ) {
    const length = conditionAt(text, words, at, isBare)
    if (length === 0) at += 1
    else {
      found.push({ kind: 'health', start: (words[at] as Word).start, end: (words[at + length - 1] as Word).end })
      at += length
    }
  }
  return found
}

/** The number of words of a person's condition that starts here; 0 if none does. */
function conditionAt(text: AlignedText, words: readonly Word[], at: number, isBare: boolean): number {
  const condition = byFirst.get((words[at] as Word).folded)?.find((each) => stands(each, words, at, isBare))
  if (!condition || isOfThePublic(text, words[at] as Word, isBare)) return 0
  const isHad = hasVerb(words, at, isBare)
  const isShort = condition.syllables.length === 1
  const isTold = condition.needsVerb || (isBare && !condition.isSure) ? isHad : condition.isSure || isHad || !isShort
  const isOfOne = condition.isSure || (isHad && !isShort) || isOfSomebody(words, at, isBare)
  if (!(isTold && isOfOne)) return 0
  let length = condition.syllables.length
  for (let more = 0; more < mostQualifiers; more += 1) {
    const next = words[at + length]
    if (!next || !joined.test(next.gap)) break
    const isQualifier = isBare ? bare.qualifiers.has(next.folded) : qualifiers.has(next.lower)
    if (!isQualifier && !(/^[\dA-Z]$/.test(next.cased) && more > 0)) break
    length += 1
  }
  return length
}

function stands({ syllables, folded }: Condition, words: readonly Word[], at: number, isBare: boolean): boolean {
  return folded.every((syllable, place) => {
    const word = words[at + place]
    if (!word || word.folded !== syllable || (place > 0 && !joined.test(word.gap))) return false
    return isBare
      ? syllables.length > 1 || word.lower !== syllable || isForeign(syllable)
      : spellingOf(word.lower) === syllables[place]
  })
}

/** Names that have the same spelling without diacritics and no other meaning. */
const isForeign = (syllable: string) => /^(?:hiv|aids|alzheimer|parkinson|covid|gout|lupus)$/.test(syllable)

function isOfThePublic(text: AlignedText, { start }: Word, isBare: boolean): boolean {
  const before = (isBare ? text.folded : text.composed.toLowerCase()).slice(Math.max(0, start - 40), start)
  return (isBare ? isPublicBare : isPublic).test(before)
}

/** Whether "has" or "suffers from" stands before it, with at most one word between. */
function hasVerb(words: readonly Word[], at: number, isBare: boolean): boolean {
  return [1, 2].some((back) => {
    const word = words[at - back]
    if (!word || endOfSentence.test((words[at - back + 1] as Word).gap)) return false
    return isBare ? bare.verbs.has(word.folded) : verbs.has(word.lower)
  })
}

function isOfSomebody(words: readonly Word[], at: number, isBare: boolean): boolean {
  for (let place = at - 1; place >= 0 && at - place <= farthest; place -= 1) {
    if (endOfSentence.test((words[place + 1] as Word).gap)) return false
    if (isPerson(words, place, isBare)) return true
  }
  return false
}

function isPerson(words: readonly Word[], place: number, isBare: boolean): boolean {
  const word = words[place] as Word
  const [before, next] = [words[place - 1], words[place + 1]]
  if (isBare) return bare.persons.has(word.folded)
  const pair = `${word.lower}_${next?.lower ?? ''}`
  if (!persons.has(word.lower) && !persons.has(pair)) return false
  const isGeneral =
    generalAfter.get(word.lower)?.includes(next?.lower ?? '') ||
    generalBefore.get(word.lower)?.includes(before?.lower ?? '')
  return !isGeneral
}
