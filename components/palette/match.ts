import fuzzysort from 'fuzzysort'
import { fold } from '#server/platform/rules/text.ts'
import { type Entry, type Section, sections } from './entries.ts'

/** An entry with the positions of the letters of its label that were typed. */
export type Matched = { entry: Entry; marks: readonly number[] }
/** `search`: the search for what was typed, which is not a match. */
export type Group = { section: Section | 'search'; matches: readonly Matched[] }

const most: Record<Section, number> = { actions: 12, places: 8, reports: 8, settings: 6 }
const mostUntouched: Record<Section, number> = { actions: 12, places: 30, reports: 6, settings: 30 }
/** Factor for a match in the second text only: it ranks below a match in the name. */
const byNote = 0.8
/** Bonus by section: actions available here come first, unless something else matches clearly better. */
const ahead: Record<Section, number> = { actions: 0.2, places: 0.05, reports: 0, settings: 0 }
const least = 0.45
/** Bonus where the name contains the typed words one after the other, from the beginning of a word. */
const inOneRun = 0.2

/**
 * The entries that match what was typed, with or without accents, by section. With nothing typed all of them in their
 * usual order, recently used ones first; otherwise the best matching section comes first.
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
    score: result.score + recency(recent, result.obj.id) + (hasInOneRun(result.obj.label, searchText) ? inOneRun : 0),
  }))
  return sections
    .map((section) => {
      const own = scored.filter(({ entry }) => entry.section === section).sort((a, b) => b.score - a.score)
      return { section, matches: own.slice(0, most[section]), best: (own[0]?.score ?? 0) + ahead[section] }
    })
    .filter(({ matches }) => matches.length > 0)
    .sort((a, b) => b.best - a.best)
}

const hasInOneRun = (label: string, typed: string): boolean => ` ${fold(label)}`.includes(` ${typed}`)

/** Scattered letters match almost any long title of a report: there each word must occur as it was typed. */
const fits = (words: readonly string[]) => {
  return ({ section, label, note, also }: Entry): boolean => {
    if (section !== 'reports') return true
    const text = fold([label, note, also].filter(Boolean).join(' '))
    return words.every((word) => text.includes(word))
  }
}

/**
 * What the server found for a section, below what matches here. By an operator it also finds reports whose texts do not
 * contain what was typed, and a place is found by an address that is more than its name.
 */
export function withFound(groups: readonly Group[], into: Section, found: readonly Entry[], typed: string): Group[] {
  const listed = new Set(groups.flatMap(({ matches }) => matches.map(({ entry }) => entry.id)))
  const more = found
    .filter(({ id }) => !listed.has(id))
    .map((entry) => ({ entry, marks: marksOfWords(entry.label, typed) }))
  if (more.length === 0) return [...groups]
  if (!groups.some(({ section }) => section === into)) return [...groups, { section: into, matches: more }]
  return groups.map((group) => (group.section === into ? { ...group, matches: [...group.matches, ...more] } : group))
}

/** The positions of the letters of a label that match the typed words, with or without accents. */
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

/** The start of a word with these letters, else their first occurrence. */
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

/** Only a small bonus: a better match stays ahead. */
const recency = (recent: readonly string[], id: string): number =>
  recent.includes(id) ? 0.05 * (1 - recent.indexOf(id) / recent.length) : 0

/** Folding removes accents but keeps the number of letters, so a position in the folded text is one in the label. */
function marksOf(label: string, indexes: readonly number[]): readonly number[] {
  return fold(label).length === label.normalize('NFC').length ? indexes : []
}
