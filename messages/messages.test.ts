import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { type Messages, messagesOf } from './catalog.ts'
import { locales } from './locales.ts'
import { argumentsOf } from './placeholders.ts'

const root = join(import.meta.dirname, '..')
type Tree = { [key: string]: string | Tree }

function flat(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const at = path ? `${path}.${key}` : key
    return typeof value === 'string' ? [[at, value] as [string, string]] : flat(value, at)
  })
}

const sentences = Object.fromEntries(locales.map((locale) => [locale, new Map(flat(messagesOf(locale)))])) as Record<
  (typeof locales)[number],
  Map<string, string>
>

describe.each(locales)('the messages in %s', (locale) => {
  test('come from every file of the folder', () => {
    const files = readdirSync(join(root, 'messages', locale)).filter((name) => name.endsWith('.json'))
    expect(files.map((name) => name.replace('.json', '')).sort()).toEqual(Object.keys(messagesOf(locale)).sort())
  })

  test('have the keys of the Vietnamese ones, and no others', () => {
    expect([...sentences[locale].keys()].sort()).toEqual([...sentences.vi.keys()].sort())
  })

  test('take the same values as the Vietnamese ones', () => {
    const differing = [...sentences[locale]].filter(
      ([key, sentence]) => argumentsOf(sentence).join() !== argumentsOf(sentences.vi.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  test('use one name for what both the desk and the public page show', () => {
    const { bulletins: desk, published } = messagesOf(locale)
    const { kinds, severities, number, wholeCity, areas, from, until, source, contact, marks } = published
    const { fields, states } = desk
    expect({ kinds, severities, number, wholeCity, areas, from, until, source, contact }).toEqual({
      kinds: desk.kinds,
      severities: desk.severities,
      number: desk.number,
      wholeCity: fields.wholeCity,
      areas: fields.areaIds,
      from: fields.validFrom,
      until: fields.validTo,
      source: fields.source,
      contact: fields.contact,
    })
    expect([marks.withdrawn, marks.superseded]).toEqual([states.withdrawn, states.superseded])
  })

  test('are sentences: none empty, all composed (NFC), all well formed', () => {
    const messages: Messages = messagesOf(locale)
    const faults: string[] = []
    const t = createTranslator<Record<string, unknown>>({
      locale,
      messages: messages as Record<string, unknown>,
      timeZone: 'Asia/Ho_Chi_Minh',
      onError: (error) => faults.push(error.message),
    })
    for (const [key, sentence] of sentences[locale]) {
      if (sentence.trim() === '' || sentence !== sentence.normalize('NFC')) faults.push(key)
      const values = Object.fromEntries(
        argumentsOf(sentence).map((name) =>
          name.startsWith('<') ? [name.slice(1), (part: string) => part] : [name, 1],
        ),
      )
      t.markup(key as never, values as never)
    }
    expect(faults).toEqual([])
  })
})

/**
 * Everything between quotes in the source, by file. Template literals keep their holes as `*`; of nested ones the
 * innermost counts.
 */
function literals(folder: string): Set<string>[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|spec)\.tsx?$/.test(entry.name))
    .map((entry) => {
      const source = readFileSync(join(entry.parentPath, entry.name), 'utf8')
      const quoted = [...source.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map((found) => found[1] ?? found[2] ?? '')
      const templates = [...source.matchAll(/`((?:[^`$]|\$\{(?:[^{}`]|\{[^{}`]*\})*\})*)`/g)].map((found) =>
        (found[1] ?? '').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '*'),
      )
      return new Set([...quoted, ...templates])
    })
}

test('every sentence is used somewhere', () => {
  const files = ['app', 'components', 'server'].flatMap(literals)
  const everywhere = new Set(files.flatMap((file) => [...file]))
  const patterns = new Map(files.map((file) => [file, [...file].filter(isPattern).map(wholly)]))
  const says = (file: Set<string>, key: string) =>
    file.has(key) || patterns.get(file)?.some((pattern) => pattern.test(key))
  const unsaid = [...sentences.vi.keys()].filter((key) => {
    const parts = key.split('.')
    // Refusals are named by the code that throws them, command labels by the registry.
    if (parts[0] === 'refusals') return !everywhere.has(parts.slice(1).join('.'))
    return !files.some((file) =>
      parts.some((_, cut) => {
        const namespace = parts.slice(0, cut).join('.')
        const rest = parts.slice(cut).join('.')
        if (cut === 0) return says(file, rest)
        // Within a narrow namespace `t(name)` may take its names from a list that lives elsewhere.
        return file.has(namespace) && (says(file, rest) || (cut > 1 && everywhere.has(rest)))
      }),
    )
  })
  expect(unsaid).toEqual([])
})

/** A template with at least one word of a key in it; a template of holes alone would match everything. */
function isPattern(text: string): boolean {
  return text.includes('*') && /[a-z]{3}/i.test(text)
}

const wholly = (text: string) => new RegExp(`^${text.split('*').map(escaped).join('.+')}$`)

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
