const longestProcedures = 200
/** Words of our own, codes and ids; a one-time link is longer, and whatever else is written so may name somebody. */
const plain = /^[\w.-]{1,40}$/
const telephone = /^\d{8,}$/

/**
 * Of an address what a log may keep: neither what was searched for, nor a secret, nor whatever a stranger wrote there.
 */
export function loggedPath(url: string): string {
  const [path = '/'] = url.split(/[?#]/)
  if (/^\/api\/trpc\/[\w.,]+$/.test(path)) return path.slice(0, longestProcedures)
  return path
    .split('/')
    .map((part) => (part === '' || (plain.test(part) && !telephone.test(part)) ? part : '*'))
    .join('/')
}
