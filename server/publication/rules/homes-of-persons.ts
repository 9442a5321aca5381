import { readAddress } from './address.ts'
import type { AlignedText } from './aligned-text.ts'
import type { Finding } from './finding.ts'
import { isWithoutMarks, wordsIn } from './words-of-text.ts'

const self =
  '(?:toi|em|e|minh|t|tui|chau|con|chung toi|chung em|(?:ong ba|bo me|vo chong|bo|me|ba|ong|vo|chong) (?:toi|em|chau))'
const living =
  '(?:o tro|tro|ngu|an o|thue tro|thue nha|thue|o|song|tru|cu tru|sinh song|thuong tru|tam tru|cu ngu|dang o|hien o)'
/** Words between "I live" and the address. */
const between =
  '(?:[ ,:;.(-]|\\b(?:hien|dang|nay|o|tai|la|cua|toi|em|minh|chau|thuong tru|tam tru|cu tru|sinh song|mot minh|rieng|dia chi|hien tai|ngay|tren)\\b)*'
const cueOf = (words: string) => new RegExp(`(?<![a-z\\d])${words}(?![a-z\\d])${between}`, 'g')

const cues = [
  // "my home", "my family".
  `(?:nha rieng|nha|gia dinh|can ho|ho)(?: cua)? ${self}`,
  // "I live at".
  `${self} (?:hien |dang )*${living}`,
  `(?:${self}|nguoi) thue`,
  // What forms ask.
  `(?:dia chi (?:nha|thuong tru|tam tru|lien he|lien lac|rieng|cua|toi|em|hien tai|noi o)|ho khau|hktt|thuong tru|tam tru tai|cu tru|noi o|cho o hien|noi cu tru|que quan)`,
].map(cueOf)
/** Only next to other data of a person. */
const cueBesidePerson = cueOf('(?:dia chi|d/c|dc|nha o|nha|o tai|o|tru tai|song tai|phong|ngu tai)')
const besidePerson =
  /^[ ,;.:()-]*(?:(?:o|nha|tai|tru|song|ngu|dia chi|la|hien|phuong|nha o|sinh nam \d{4}|sn \d{4})[ ,;:()-]*){0,4}$/
/** "Address:" belongs to a person this far before it. */
const nearby = 40
/** Between a person and the words for a home there are not more characters. */
const farthest = 100
const addressAfterName = /^[,(] ?(?:so nha|nha so|so|sn|phong|can ho|thon|to) [a-z]?\d/

/** The addresses of homes, where a text says that somebody lives there: the places of problems stay. */
export function homesIn(text: AlignedText, persons: readonly Finding[]): Finding[] {
  const typed = wordsIn(text)
  const isShouted = typed.filter(({ isUpper }) => isUpper).length * 2 > typed.length
  const words = isShouted ? typed.map((word) => ({ ...word, isCapital: false })) : typed
  const hasFewCapitals = typed.filter(({ isCapital }) => isCapital).length * 12 < typed.length
  const hasNoCapitals = isShouted || hasFewCapitals || isWithoutMarks(words)
  const starts = [...new Set(startsOfHomes(text, persons))].sort((a, b) => a - b)
  let first = 0
  return starts.flatMap((start): Finding[] => {
    while ((words[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first += 1
    const word = words[first]
    if (!word || word.start - start > 2) return []
    const end = readAddress(words, first, hasNoCapitals)
    return end === null ? [] : [{ kind: 'home', start: word.start, end }]
  })
}

/** Where the address of a home may begin. */
function* startsOfHomes({ folded }: AlignedText, persons: readonly Finding[]): Generator<number> {
  for (const cue of cues) for (const { 0: match, index } of folded.matchAll(cue)) yield index + match.length
  for (const { 0: match, index } of folded.matchAll(cueBesidePerson)) {
    const isAsked = /^(?:dia chi|d\/c)/.test(match)
    const isBeside = persons.some(({ end }) => {
      if (end > index || index - end > farthest) return false
      return (isAsked && index - end < nearby) || besidePerson.test(folded.slice(end, index))
    })
    if (isBeside) yield index + match.length
  }
  for (const { kind, end } of persons) {
    if (kind === 'name' && addressAfterName.test(folded.slice(end, end + 20))) yield end + 1
  }
}
