/** Search parameters as a page gets them, or `URLSearchParams.getAll` returns them. */
export type AddressParameters = Readonly<Record<string, string | readonly string[] | undefined>>

/** All values of a parameter, in their order. */
export type Read = (parameter: string) => readonly string[]
/** One parameter of an address with one value. */
export type Pair = readonly [parameter: string, value: string]

/** Further values of one parameter are ignored. */
export const mostValues = 60

/** At most `most` characters, without half a surrogate pair or a trailing space, so that cutting is idempotent. */
export const cut = (text: string, most: number): string => text.trim().slice(0, most).toWellFormed().trimEnd()

export const readerOf =
  (parameters: AddressParameters): Read =>
  (name) => {
    const value = parameters[name]
    return (typeof value === 'string' ? [value] : (value ?? [])).slice(0, mostValues)
  }

export const parametersOf = (parameters: URLSearchParams): Record<string, string[]> =>
  Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))

/** As shown in the address bar: commas and colons stay readable. */
export const readable = (parameters: URLSearchParams): string =>
  parameters.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')

/** Only the path if there are no parameters. */
export function addressWith(path: string, parameters: URLSearchParams): string {
  return parameters.size > 0 ? `${path}?${readable(parameters)}` : path
}
