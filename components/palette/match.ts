import fuzzysort from 'fuzzysort'
import { fold } from '#server/platform/rules/text.ts'
import { type Entry, type Section, sections } from './entries.ts'

/** An entry with the letters of its label that were typed. */
export type Matched = { entry: Entry; marks: readonly number[] }
export type Group = { section: Section; matches: readonly Matched[] }

const most: Record<Section, number> = { actions: 12, places: 8, reports: 8, settings: 6 }
const mostUntouched: Record<Section, number> = { actions: 12, places: 30, reports: 6, settings: 30 }
/** What only its second text speaks for stands behind what its name speaks for. */
const byNote = 0.8
/** What can be done here and now comes first, unless something else fits clearly better. */
const ahead: Record<Section, number> = { actions: 0.2, places: 0.05, reports: 0, settings: 0 }
const least = 0.45

/**
 * What fits what was typed, accents or none, by section: with nothing typed all in their usual order, what was used
 * lately first; else the section that fits best comes first.
 */
export function matchEntries(entries: readonly Entry[], typed: string, recent: readonly string[]): Group[] {
  const searchText = fold(typed.trim())
  if (searchText === '') return untouched(entries, recent)
  const words = searchText.split(/\s+/)
  const found = fuzzysort.go(searchText, entries.filter(fits(words)), {
    keys: [({ label }) => fold(label), ({ note, also }) => fold([note, also].filter(Boolean).join(' '))],
    threshold: least,
    limit: 0,
    scoreFn: (result) => Math.max(result[0]?.score ?? 0, byNote * (result[1]?.score ?? 0)),
  })
  const scored = found.map((result) => ({
    entry: result.obj,
    marks:
      result.obj.section === 'reports'
        ? marksOfWords(result.obj.label, typed)
        : (result[0]?.score ?? 0) > 0
          ? marksOf(result.obj.label, result[0]?.indexes ?? [])
          : [],
    score: result.score + recency(recent, result.obj.id),
  }))
  return sections
    .map((section) => {
      const own = scored.filter(({ entry }) => entry.section === section).sort((a, b) => b.score - a.score)
      return { section, matches: own.slice(0, most[section]), best: (own[0]?.score ?? 0) + ahead[section] }
    })
    .filter(({ matches }) => matches.length > 0)
    .sort((a, b) => b.best - a.best)
}

/**
 * In the long title of a report a few letters are always found somewhere: there each word must stand as it was typed.
 */
const fits = (words: readonly string[]) => {
  return ({ section, label, note, also }: Entry): boolean => {
    if (section !== 'reports') return true
    const text = fold([label, note, also].filter(Boolean).join(' '))
    return words.every((word) => text.includes(word))
  }
}

/** The letters of a label that are those of the typed words, accents or none. */
export function marksOfWords(label: string, typed: string): readonly number[] {
  const text = fold(label)
  const places = fold(typed.trim())
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => {
      const at = beginning(text, word)
      return at < 0 ? [] : Array.from(word, (_, i) => at + i)
    })
  return marksOf(label, places)
}

/** Where a word begins with these letters, else where they stand at all. */
function beginning(text: string, letters: string): number {
  const at = ` ${text}`.indexOf(` ${letters}`)
  return at >= 0 ? at : text.indexOf(letters)
}

function untouched(entries: readonly Entry[], recent: readonly string[]): Group[] {
  const rank = ({ id }: Entry) => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  return sections
    .map((section) => {
      const own = entries.filter((entry) => entry.section === section).sort((a, b) => rank(a) - rank(b))
      return { section, matches: own.slice(0, mostUntouched[section]).map((entry) => ({ entry, marks: [] })) }
    })
    .filter(({ matches }) => matches.length > 0)
}

/** A nudge, no more: what fits better stays ahead. */
const recency = (recent: readonly string[], id: string): number =>
  recent.includes(id) ? 0.05 * (1 - recent.indexOf(id) / recent.length) : 0

/** Folding takes marks off letters and leaves their number alone, so a place in the folded text is one in the label. */
function marksOf(label: string, indexes: readonly number[]): readonly number[] {
  return fold(label).length === label.normalize('NFC').length ? indexes : []
}
