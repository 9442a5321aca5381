/** A placeholder origin where that of the desk does not matter: only addresses without an origin resolve to it. */
const anyDesk = 'https://desk.invalid'

const longest = 2000

/** Not a target of signing in: the sign-in page itself, and anything that is not a page. */
const noPage = /^\/(?:sign-in|set-password|api)(?:\/|$)/

/**
 * The path on the desk that an untrusted address leads to, or null if it leads anywhere else. It is parsed as a browser
 * parses it: tabs and line breaks are removed, a backslash is a slash. The resulting origin is compared, never the
 * text.
 */
export function ownAddress(given: string | undefined, desk: string = anyDesk): string | null {
  if (!given || given.length > longest) return null
  const place = placeAt(given, desk)
  // A path such as `/.//host` is normalised to `//host`, which would then be parsed as another host.
  if (place === null || placeAt(place, desk) !== place) return null
  const { pathname } = new URL(place, desk)
  return pathname === '/' || noPage.test(pathname) ? null : place
}

function placeAt(address: string, desk: string): string | null {
  const home = new URL(desk)
  const url = URL.parse(address, home)
  // A `blob:` has the origin of the page that made it.
  if (!url || url.origin !== home.origin || url.protocol !== home.protocol) return null
  return url.pathname + url.search + url.hash
}
