/** Stands for the desk where its origin does not matter: only addresses without one of their own come out under it. */
const anyDesk = 'https://desk.invalid'

const longest = 2000

/** Where signing in does not lead: back to itself, and to what is no page. */
const noPage = /^\/(?:sign-in|set-password|api)(?:\/|$)/

/**
 * A place on the desk as an address from outside names it, or null where it leads anywhere else. It is read as a
 * browser reads it: tabs and line breaks fall away, a backslash is a slash. What is compared is the origin that comes
 * out, never the text.
 */
export function ownAddress(given: string | undefined, desk: string = anyDesk): string | null {
  if (!given || given.length > longest) return null
  const place = placeAt(given, desk)
  // A path such as `/.//host` is written `//host` once it is read, and would then be read as another host.
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
