import { hereNow } from '../place.ts'

/** What a page reads of its request: the cookies of the window, and its address. */
export async function cookies() {
  const jar = new Map(document.cookie.split('; ').map((pair) => pair.split('=', 2) as [string, string]))
  return {
    get(name: string) {
      const value = jar.get(name)
      return value === undefined ? undefined : { name, value: decodeURIComponent(value) }
    },
  }
}

export async function headers(): Promise<Headers> {
  return new Headers({ 'x-address': hereNow(), host: window.location.host })
}
