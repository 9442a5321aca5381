import { expect, test } from 'vitest'
import { everyBranch, type Values } from './branches.ts'
import { messagesOf } from './catalog.ts'
import { type CompiledMessages, compiledOf } from './compiled.ts'
import formatMessage from './format-message.ts'
import formatParsed from './format-parsed.ts'
import { locales, timeZone } from './locales.ts'

const formatters = {
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
}

type Message = Exclude<CompiledMessages[string], CompiledMessages>

function* leaves(tree: CompiledMessages, path: readonly string[] = []): Generator<[string, Message]> {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string' || Array.isArray(value)) yield [[...path, key].join('.'), value]
    else yield* leaves(value as CompiledMessages, [...path, key])
  }
}

test.each(locales)('%s: every branch of every message says something, of none, of one and of many', (locale) => {
  const silent: [string, Values, unknown][] = []
  const untidy: [string, Values, unknown][] = []
  const options = { locale, timeZone, formatters, cache: {} } as never
  let counted = 0
  for (const [path, message] of leaves(compiledOf(messagesOf(locale)))) {
    for (const values of everyBranch(message)) {
      const said: unknown = formatParsed(path, message, values as never, options)
      if (typeof said !== 'string' || said.trim() === '') silent.push([path, values, said])
      else if (/ {2}|^\s|\s$/.test(said)) untidy.push([path, values, said])
      counted += 1
    }
  }
  expect(silent).toEqual([])
  expect(untidy).toEqual([])
  expect(counted).toBeGreaterThan(5000)
})

test('a message that says nothing is an empty text, and never its key', () => {
  const { said } = compiledOf({ said: '{count, plural, =0 {} other {Còn #}}{who}' })
  const options = { locale: 'vi', formatters, cache: {} } as never
  for (const format of [formatParsed, formatMessage]) {
    expect(format('said', said as never, { count: 0 } as never, options)).toBe('')
    expect(format('said', said as never, { count: 3, who: '.' } as never, options)).toBe('Còn 3.')
  }
})
