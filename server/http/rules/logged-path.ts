const longestProcedures = 200
/** Our own words, codes and ids; a one-time link is longer, and other texts may contain a name. */
const plain = /^[\w.-]{1,40}$/
const telephone = /^\d{8,}$/
/** A key of a program, or a part of one. */
const key = /^ih[dr]_/

/**
 * The parts of an address that may be logged: no search text, no secret, and no arbitrary text of a client.
 */
export function loggedPath(url: string): string {
  const [path = '/'] = url.split(/[?#]/)
  if (/^\/api\/trpc\/[\w.,]+$/.test(path)) return path.slice(0, longestProcedures)
  return path
    .split('/')
    .map((part) => (part === '' || (plain.test(part) && !telephone.test(part) && !key.test(part)) ? part : '*'))
    .join('/')
}
