import formatCompiled from 'use-intl/format-message/format-only'

type Arguments = Parameters<typeof formatCompiled>
type Values = NonNullable<Arguments[2]>

/**
 * Formats a message that is parsed already; stands for `use-intl/format-message` in the browser (next.config.ts). A
 * value that is missing leaves its place empty: staff never read "undefined". The library gives an empty list where
 * all parts of a message are empty, which would be shown as the key of the message.
 */
export default function formatParsed(...[key, message, values, options]: Arguments) {
  const said = formatCompiled(key, message, new Proxy(values ?? {}, filled), options)
  return Array.isArray(said) && said.length === 0 ? '' : said
}

/** `t.raw` would return what is parsed in the browser, and what is written on the server. */
formatParsed.raw = false

const filled: ProxyHandler<Values> = {
  get(values, name: string) {
    const value: unknown = values[name]
    return value === null || value === undefined || value === false ? '' : value
  },
}
