import compile from 'icu-minify/compile'
import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { messagesOf } from './catalog.ts'
import { type CompiledMessages, compiledOf } from './compiled.ts'
import formatMessage from './format-message.ts'
import formatParsed from './format-parsed.ts'
import { locales } from './locales.ts'
import { argumentsOf } from './placeholders.ts'

const formatters = {
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
}

type Tree = { [key: string]: string | Tree }

const leaves = (tree: Tree, path: readonly string[] = []): [string[], string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key], value] as [string[], string]] : leaves(value, [...path, key]),
  )

const at = (tree: CompiledMessages, path: readonly string[]) =>
  path.reduce<CompiledMessages[string]>((found, key) => (found as CompiledMessages)[key] as CompiledMessages, tree)

const part = (chunks: unknown) => `<b>${[chunks].flat().join('')}</b>`

/** Texts, and numbers that plurals tell apart. */
const samples = [0, 1, 2, 1234, 'Hoàn Kiếm']

test.each(locales)('%s: a parsed message reads as the written one, whatever its values', (locale) => {
  const messages = messagesOf(locale)
  const t = createTranslator<Record<string, unknown>>({ locale, messages: messages as Record<string, unknown> })
  const compiled = compiledOf(messages)
  const options = { locale, formatters, cache: {} } as never
  const wrong: string[] = []
  let counted = 0
  for (const [path, sentence] of leaves(messages as unknown as Tree)) {
    const names = argumentsOf(sentence)
    for (const sample of names.length > 0 ? samples : [1]) {
      const values = Object.fromEntries(
        names.map((name) => (name.startsWith('<') ? [name.slice(1), part] : [name, sample])),
      )
      const written = t.markup(path.join('.') as never, values as never)
      const parsed = at(compiled, path)
      const read = [formatParsed, formatMessage].map((format) =>
        String(format(path.join('.'), parsed as never, values as never, options)),
      )
      if (read.some((text) => text !== written)) wrong.push(`${path.join('.')} (${sample}): ${written} | ${read}`)
      counted += 1
    }
  }
  expect(wrong).toEqual([])
  expect(counted).toBeGreaterThan(4000)
  // Server components pass on plain objects alone.
  expect(JSON.parse(JSON.stringify(compiled))).toStrictEqual(compiled)
})

test('a value that is missing leaves its place empty', () => {
  const options = { locale: 'vi', formatters, cache: {} } as never
  const { said } = compiledOf({ said: 'Do {who} ghi{count, plural, other {, # lần}}' })
  for (const format of [formatParsed, formatMessage]) {
    const say = (values?: object) => format('said', said as never, values as never, options)
    expect([say({ who: null, count: 2 }), say({ who: false, count: 2 }), say({ count: 2 })]).toEqual(
      Array.from({ length: 3 }, () => 'Do  ghi, 2 lần'),
    )
    expect(format('said', 'Do {who}' as never, undefined, options)).toBe(format === formatMessage ? 'Do ' : 'Do {who}')
  }
})

test('a text in quotes is parsed once, in the browser and where pages are rendered', () => {
  const { braces, plain } = compiledOf({ braces: "Gõ '{'tên'}'", plain: "Citizen's name" })
  expect(plain).toBe("Citizen's name")
  const options = { locale: 'vi', formatters, cache: {} } as never
  for (const format of [formatParsed, formatMessage])
    expect(format('braces', braces as never, undefined, options)).toBe('Gõ {tên}')
  expect(formatMessage('braces', "Gõ '{'tên'}'" as never, undefined, options)).toBe('Gõ {tên}')
  expect(compile("Gõ '{'tên'}'")).toBe('Gõ {tên}')
})
