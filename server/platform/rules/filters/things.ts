import { fold } from '../text.ts'

/** Something that a filter may name, as a screen offers it and a search box finds it. */
export type Thing = {
  id: string | number
  name: string
  nameEn?: string
  shortName?: string
  /** Further text by which it is found; not shown. */
  also?: string
  /** The id of the group that includes it. */
  under?: string | number
  /** The heading under which a form offers it. */
  group?: string
  groupEn?: string
  /** A second, quieter text: a code, a short name. */
  note?: string
}
/** What the ids of filters stand for, by the `of` of a filter. */
export type Things = Readonly<Record<string, readonly Thing[]>>

type Named = Pick<Thing, 'name' | 'nameEn'>

/** The name in the language of the page; what has no English name keeps its Vietnamese one. */
export const nameIn = ({ name, nameEn }: Named, isEnglish: boolean): string => (isEnglish && nameEn ? nameEn : name)
/** The language that this name is in. */
export const languageOfName = ({ nameEn }: Named, isEnglish: boolean): 'en' | 'vi' =>
  isEnglish && nameEn ? 'en' : 'vi'

export const squashed = (text: string): string => fold(text).replace(/[^a-z0-9]/g, '')

/** The things with exactly this name; else those whose name contains the value, unless it is too short. */
export function named(items: readonly Thing[], parts: readonly string[]): Thing[] {
  const found = parts.flatMap((part) => {
    const names = ({ id, name, nameEn = '', shortName = '', also = '' }: Thing) =>
      [String(id), name, nameEn, shortName, also].map(squashed)
    const exact = items.filter((item) => names(item).includes(part))
    if (exact.length > 0) return exact
    const within = part.length < 3 ? [] : items.filter((item) => names(item).some((name) => name.includes(part)))
    return within.length <= 8 ? within : []
  })
  // A group includes the things under it.
  const ids = new Set(found.map(({ id }) => id))
  return [...new Set(found)].filter(({ under }) => under === undefined || !ids.has(under))
}
