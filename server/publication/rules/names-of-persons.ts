import { fold } from '#server/platform/rules/text.ts'
import type { AlignedText } from './aligned-text.ts'
import type { Finding } from './finding.ts'
import {
  bareGivenNames,
  barePlaceWords,
  commonSurnames,
  famousFullNames,
  famousTitled,
  famousWithoutMarks,
  foldedGivenNames,
  foldedTitles,
  givenNames,
  middleNames,
  notNames,
  officePhrases,
  placeWords,
  plainTitles,
  roleBeforeName,
  roles,
  secondMiddleNames,
  surnames,
  titles,
} from './name-words.ts'
import { isWithoutMarks, type Word, wordsIn } from './words-of-text.ts'

const famousTitledBare: ReadonlySet<string> = new Set([...famousTitled].map(fold))
/** Whether the first two to four words are one of these phrases. */
const begins = (words: readonly string[], phrases: ReadonlySet<string>) =>
  [2, 3, 4].some((count) => phrases.has(words.slice(0, count).join(' ')))
const onlyBlank = /^ +$/
/** After an initial, as in `Nguyễn T. H.` */
const initialGap = /^\. ?$/
const beforeName = /^[ :"“'(-]*$/
const mostWords = 5
/** How far a name stands from a telephone number, at most. */
const beside = 7

/** Names of persons: after a title or an occupation, after "tên" and the like, and whole names on their own. */
export function namesIn(text: AlignedText, numbers: readonly Finding[]): Finding[] {
  const words = wordsIn(text)
  const phones = numbers.filter(({ kind }) => kind === 'phone')
  const reader = new NameReader(text, words, isWithoutMarks(words), phones)
  const found: Finding[] = []
  let at = 0
  while (at < words.length) {
    const name = reader.nameAt(at)
    if (name) found.push({ kind: 'name', start: (words[name.from] as Word).start, end: name.end })
    at = name ? name.to : at + 1
  }
  return found
}

type Name = { from: number; to: number; end: number }

class NameReader {
  private readonly text: AlignedText
  private readonly words: readonly Word[]
  private readonly isBare: boolean
  private readonly phones: readonly Finding[]

  constructor(text: AlignedText, words: readonly Word[], isBare: boolean, phones: readonly Finding[]) {
    this.phones = phones
    this.text = text
    this.words = words
    this.isBare = isBare
  }

  /** A name that the word at this place introduces or begins. */
  nameAt(at: number): Name | null {
    return (
      this.afterTitle(at) ??
      this.afterShortTitle(at) ??
      this.afterNaming(at) ??
      this.besidePhone(at) ??
      this.onItsOwn(at)
    )
  }

  private afterTitle(at: number): Name | null {
    const title = this.words[at] as Word
    if (!titles.has(title.lower) && !(this.isBare && foldedTitles.has(title.folded))) return null
    if (this.isFamous(at) || this.isPartOfPlace(at)) return null
    let next = at + 1
    for (let skipped = 0; skipped < mostWords; skipped += 1, next += 1) {
      const word = this.words[next]
      if (!word || !this.follows(next)) return null
      const isNamed = skipped === 0 || /^(?:ten|la)$/.test(this.words[next - 1]?.folded ?? '')
      const name = this.takeName(next, { after: title, isNamed })
      if (name) return name
      const isNaming = word.folded === 'ten' || word.folded === 'la'
      if (!isNaming && !roles.has(word.folded)) return null
    }
    return null
  }

  /** `c Thủy`, `a. Nam`. */
  private afterShortTitle(at: number): Name | null {
    const word = this.words[at] as Word
    const next = this.words[at + 1]
    if (!/^[ace]$/.test(word.cased) || !next?.isCapital || !/^(?: |\. ?)$/.test(next.gap)) return null
    return foldedGivenNames.has(next.folded) || surnames.has(next.folded) ? this.capitals(at + 1) : null
  }

  /** `tên là …`, `họ và tên: …`, `tôi là …`, `gặp …`, `bác sĩ …`. */
  private afterNaming(at: number): Name | null {
    const word = this.words[at] as Word
    const before = this.text.folded.slice(Math.max(0, word.start - 60), word.start)
    const isPlain = !word.isCapital
    if (/(?:^|[^a-z])ten(?: (?:toi|em|minh|chau|day du))?(?: la)?[ :]*$/.test(before)) {
      return word.isCapital ? this.capitals(at) : this.listed(at, { needsSurname: true })
    }
    if (/(?:^|[^a-z])ho(?: va)? ten(?: [a-z]+){0,4} ?[: ]$|(?:^|[^a-z])ho(?: va)? ten[^a-z]{0,3}$/.test(before)) {
      return word.isCapital ? this.capitals(at) : this.listed(at, { needsSurname: true })
    }
    if (/(?:^|[^a-z])(?:toi|em|e|minh|chau) (?:la|ten)[ :]*$|ky ten[ :]*$/.test(before)) {
      return isPlain ? this.listed(at, { needsSurname: true }) : this.knownCapitals(at)
    }
    if (/(?:^|[^a-z])do $/.test(before)) {
      return givenNames.has(word.lower) && word.isCapital && !this.words[at + 1]?.isCapital ? this.capitals(at) : null
    }
    if (/(?:^|[^a-z])(?:gap|alo|ib|inbox|lien he|lien lac|lh)[ :]*$/.test(before))
      return isPlain ? null : this.knownCapitals(at)
    if (roleBeforeName.test(before)) return isPlain ? this.listed(at, { needsSurname: true }) : this.knownCapitals(at)
    return null
  }

  /** `Tâm 0951…`, `0951… (gặp Tâm)`. */
  private besidePhone(at: number): Name | null {
    const word = this.words[at] as Word
    if (!word.isCapital || !(surnames.has(word.folded) || givenNames.has(word.lower))) return null
    const name = this.capitals(at)
    const stands = (from: number, to: number) =>
      from <= to && to - from <= beside && /^[ ,:;(–-]{1,3}(?:gap )?$/.test(this.text.folded.slice(from, to))
    const isBeside = this.phones.some(({ start, end }) => stands(end, word.start) || (name && stands(name.end, start)))
    return isBeside && !this.isPartOfPlace(at) ? name : null
  }

  /** A whole name: surname and at least two more words, or one with `Văn` or `Thị`. */
  private onItsOwn(at: number): Name | null {
    const word = this.words[at] as Word
    if (!surnames.has(word.folded) || this.isPartOfPlace(at) || this.isFamous(at)) return null
    const second = this.words[at + 1]
    if (!second || !onlyBlank.test(second.gap)) return null
    const isTold = second.folded === 'thi' || second.folded === 'van'
    if (!word.isCapital || word.isUpper) {
      const third = this.words[at + 2]
      const isSure = isTold && (!commonSurnames.has(word.folded) || foldedGivenNames.has(third?.folded ?? ''))
      return isSure && (this.isBare || word.isUpper) ? this.listed(at, { needsSurname: true }) : null
    }
    const name = this.capitals(at)
    if (!name || name.to - at < 3) return null
    if (isTold) return name
    const before = this.text.folded.slice(Math.max(0, word.start - 30), word.start)
    const isPointedAt =
      /(?:^|[^a-z])(?:la|do|boi|voi|cua|cho|toi|em|ong|nghi|nhan|viet|gui|goi|hoc sinh)[ :,]*$|^\s*$|[:(]\s*$/
    return isPointedAt.test(before) && middleNames.has(second.folded) ? name : null
  }

  /** A name at this place after a title; how sure it must be depends on how it is typed. */
  private takeName(at: number, { after, isNamed }: { after: Word; isNamed: boolean }): Name | null {
    const word = this.words[at] as Word
    const isUniform = !word.isCapital || (word.isUpper && after.isUpper)
    if (!isUniform) return this.capitals(at)
    const isPlain = !this.isBare || plainTitles.has(after.folded)
    return this.listed(at, { needsSurname: !isNamed || !isPlain })
  }

  /** The capitalised words from this place on. */
  private capitals(at: number): Name | null {
    const first = this.words[at] as Word
    if (!first.isCapital || this.isOffice(at) || this.isFamous(at)) return null
    let to = at + 1
    while (to < this.words.length && to - at < mostWords) {
      const word = this.words[to] as Word
      const previous = this.words[to - 1] as Word
      const joins = onlyBlank.test(word.gap) || (previous.cased.length === 1 && initialGap.test(word.gap))
      if (!word.isCapital || !joins || /\d/.test(word.cased) || this.beginsAnother(to)) break
      to += 1
    }
    return this.ended(at, to)
  }

  /** The same, only where it begins as names do. */
  private knownCapitals(at: number): Name | null {
    const first = this.words[at] as Word
    const isKnown = surnames.has(first.folded) || foldedGivenNames.has(first.folded)
    return isKnown && !this.isPartOfPlace(at) ? this.capitals(at) : null
  }

  /** A name in a text without capitals, or in capitals throughout: as far as lists of names know it. */
  private listed(at: number, { needsSurname }: { needsSurname: boolean }): Name | null {
    const word = this.words[at] as Word
    const joined = (place: number) => {
      const next = this.words[place]
      return next && onlyBlank.test(next.gap) && !/\d/.test(next.cased) ? next : null
    }
    const second = joined(at + 1)
    if (surnames.has(word.folded) && second && !this.isFamous(at)) {
      const isMiddle = middleNames.has(second.folded)
      const isSure = isMiddle || foldedGivenNames.has(second.folded)
      const isCommon = commonSurnames.has(word.folded) && second.folded !== 'van' && second.folded !== 'thi'
      const third = isMiddle ? joined(at + 2) : null
      if (isSure && (!isCommon || (third && foldedGivenNames.has(third.folded)))) {
        if (!third) return this.ended(at, at + 2)
        const fourth = secondMiddleNames.has(third.folded) ? joined(at + 3) : null
        return this.ended(at, fourth && foldedGivenNames.has(fourth.folded) ? at + 4 : at + 3)
      }
    }
    if (needsSurname) return null
    const isGiven = this.isBare ? bareGivenNames.has(word.folded) : givenNames.has(word.lower)
    return isGiven ? this.ended(at, second && givenNames.has(second.lower) ? at + 2 : at + 1) : null
  }

  /** With a nickname in quotes, and the point of an initial. */
  private ended(from: number, to: number): Name {
    const last = this.words[to - 1] as Word
    const rest = this.text.composed.slice(last.end)
    const more = /^ ?[“"(']\p{L}+(?: \p{L}+)?[”"')]/u.exec(rest) ?? (last.cased.length === 1 ? /^\./.exec(rest) : null)
    return { from, to, end: last.end + (more?.[0].length ?? 0) }
  }

  private follows(at: number): boolean {
    return beforeName.test((this.words[at] as Word).gap)
  }

  private phraseFrom(at: number): string {
    return this.words
      .slice(at, at + 4)
      .map(({ folded }) => folded)
      .join(' ')
  }

  private isFamous(at: number): boolean {
    const words = this.words.slice(at, at + 4)
    const folded = words.map((word) => word.folded)
    if (
      begins(
        words.map((word) => word.lower),
        famousTitled,
      ) ||
      begins(folded, famousFullNames)
    )
      return true
    if (!this.isBare || /^(?:thi|van)$/.test(folded[2] ?? '')) return false
    return begins(folded, famousTitledBare) || begins(folded, famousWithoutMarks)
  }

  private isOffice(at: number): boolean {
    const word = this.words[at] as Word
    if (officePhrases.test(this.phraseFrom(at))) return true
    const next = this.words[at + 1]
    const standsWithName = next?.isCapital && onlyBlank.test(next.gap) && surnames.has(word.folded)
    return notNames.has(word.lower) && !standsWithName
  }

  /** A capitalised title or surname after the word for a street, a temple, a school, a number or a dash. */
  private isPartOfPlace(at: number): boolean {
    const word = this.words[at] as Word
    const previous = this.words[at - 1]
    if (!previous || !/^[ –-]+$/.test(word.gap)) return false
    if (/^hai$/.test(previous.folded) && previous.isCapital) return true
    if (titles.has(word.lower) && !word.isCapital && !this.isBare) return false
    const isTitle = titles.has(word.lower)
    if (/\d/.test(previous.cased)) return word.isCapital
    if (/[–-]/.test(word.gap)) return word.isCapital && !isTitle
    if (word.cased === 'Anh' && /^(?:tieng|nuoc|minh|duc|bao|quynh|tuan|kim)$/.test(previous.folded)) return true
    return placeWords.has(previous.lower) || (this.isBare && barePlaceWords.has(previous.folded))
  }

  /** The title of another person within capitals: `Ông Nguyễn Văn Nam Bà Lê Thị Hoa`. */
  private beginsAnother(at: number): boolean {
    const word = this.words[at] as Word
    return ['ông', 'bà', 'chị', 'cô', 'chú', 'bác', 'cháu'].includes(word.lower)
  }
}
