import { commonSurnames, surnames } from './name-words.ts'
import type { Word } from './words-of-text.ts'

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/))

/** Parts of an address that a number follows. */
const numbered = setOf(
  'so sn nha ngo ngach hem kiet phong p tang toa block can to xom khu thon tdp lo cum doi ap ct cc hh dan pho duong',
)
/** Parts that a name follows. */
const named = setOf('pho duong thon xom toa cu tt ngo ngach hem ap lang khu nha')
/** Parts of two words. */
const secondWord: Readonly<Record<string, string>> = {
  chung: 'cu',
  tap: 'the',
  can: 'ho',
  so: 'nha',
  nha: 'so',
  dan: 'pho',
  to: 'dan',
  toa: 'nha',
  khu: 'tap',
  ky: 'tuc',
}
/** A number of one of these leads to no door by itself, a name of one of the others to few doors. */
const wide = setOf('tang toa block khu to lo cum doi')
const villages = setOf('thon xom ap lang')
const number = /^[a-z]{0,3}\d+[a-z]{0,2}$/
const joins = /^[ ,./:(–-]*$/
const blank = /^ $/
/** What follows an address in a sentence without capitals. */
const goingOn = setOf(
  `bi co khong ko k chua da dang se rat van thi ma la va cho de nghi mat dien nuoc ngap cong rac xe toi em ben canh hang
xom truoc sau gan voi nay do sat moi hay luon thuong duoc dc phuong quan xa huyen thanh ha`,
)
const pointing = setOf('nay day do kia')
const longestName = 4
/** No address is longer; without an end, each place where one may begin would be read on to the end of the text. */
const mostWords = 60

/**
 * Where the address that begins with the word at `first` ends; null if none begins there, or none that leads to a door.
 */
export function readAddress(words: readonly Word[], first: number, hasNoCapitals: boolean): number | null {
  let at = first
  let end: number | null = null
  let leadsToDoor = false
  const takeUpTo = (place: number) => {
    at = place
    end = (words[place - 1] as Word).end
  }
  while (at < words.length && at - first < mostWords && (at === first || joins.test((words[at] as Word).gap))) {
    const part = partAt(words, at)
    const value = words[part.to]
    if (value && number.test(value.folded) && (part.to === at || /^[ .:]{0,2}$/.test(value.gap))) {
      if (part.to === first && isAmount(words, first)) return null
      leadsToDoor ||= !wide.has(part.word)
      takeUpTo(part.to + 1)
      const next = words[at]
      if (!next || numbered.has(next.folded)) continue
      if (next.gap === ', ' && next.isCapital) {
        takeUpTo(nameEnd(words, at, { hasNoCapitals, isStreet: false, anyGap: true }))
        break
      }
      const name = nameEnd(words, at, { hasNoCapitals, isStreet: false })
      if (name > at) takeUpTo(name)
      continue
    }
    if (part.to === at || !value) break
    const name = part.isNamed ? nameEnd(words, part.to, { hasNoCapitals, isStreet: true }) : part.to
    if (name > part.to) {
      leadsToDoor ||= villages.has(part.word)
      takeUpTo(name)
    } else if (beginsPart(value) && blank.test(value.gap)) at = part.to
    else break
  }
  return leadsToDoor ? end : null
}

/** Whether a number at the beginning counts something: "we live here 20 years". */
const isAmount = (words: readonly Word[], at: number) => {
  const next = words[at + 1]
  return !next || (blank.test(next.gap) && !next.isCapital && !beginsPart(next))
}

const beginsPart = ({ folded }: Word) => numbered.has(folded) || folded in secondWord

/** The word for a part of an address at this place, as `số nhà`, and where what follows it begins; itself if none. */
function partAt(words: readonly Word[], at: number): { word: string; to: number; isNamed: boolean } {
  const word = (words[at] as Word).folded
  const next = words[at + 1]
  const isPaired = next !== undefined && secondWord[word] === next.folded && blank.test(next.gap)
  if (isPaired) return { word, to: at + 2, isNamed: true }
  const isPart = numbered.has(word) || named.has(word)
  return { word, to: isPart ? at + 1 : at, isNamed: named.has(word) }
}

type Typing = { hasNoCapitals: boolean; isStreet: boolean; anyGap?: boolean }

/** Where a name of a place ends: capitalised words, or without capitals the two words of most names of streets. */
function nameEnd(words: readonly Word[], from: number, { hasNoCapitals, isStreet, anyGap }: Typing): number {
  const follows = (place: number) => {
    const word = words[place]
    return word && (blank.test(word.gap) || (anyGap && place === from)) ? word : null
  }
  let to = from
  while (to - from < longestName) {
    const word = follows(to)
    if (!word || !(word.isCapital || (to > from && number.test(word.folded)))) break
    to += 1
  }
  const [first, second, third] = [follows(from), follows(from + 1), follows(from + 2)]
  if (to > from || !first || first.isCapital || !(isStreet || hasNoCapitals)) return to
  if (pointing.has(first.folded) || (goingOn.has(first.folded) && !isStreet)) return from
  if (numbered.has(first.folded) || number.test(first.folded)) return from
  if (!second || goingOn.has(second.folded) || number.test(second.folded)) {
    return isStreet || surnames.has(first.folded) ? from + 1 : from
  }
  const isPerson = isStreet && surnames.has(first.folded) && !commonSurnames.has(first.folded)
  return isPerson && third && !goingOn.has(third.folded) ? from + 3 : from + 2
}
