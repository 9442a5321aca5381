/** The files of app/ that answer an address. */
export const pagesIn = (files: readonly string[]): string[] =>
  files.filter((file) => /^app\/(.*\/)?(page\.tsx|route\.tsx?)$/.test(file))

/** The pages whose addresses stand in the text. */
export function pagesAt(text: string, pages: readonly string[]): string[] {
  const addresses = [...text.matchAll(/(?<=['"`])\/[^'"`\s?#]*/g)].map(([address]) => segmentsOf(address))
  return pages.filter((page) => {
    const pattern = patternOf(page)
    return addresses.some((address) => matches(address, pattern))
  })
}

const segmentsOf = (address: string): string[] => address.split('/').filter(Boolean)

const patternOf = (page: string): string[] =>
  page
    .split('/')
    .slice(1, -1)
    .filter((segment) => !segment.startsWith('('))

/** In a text, a part that is put in stands for any segment; of a page, one in brackets. Optional rests come last. */
function matches(address: readonly string[], pattern: readonly string[]): boolean {
  const [segment, ...deeper] = pattern
  if (segment === undefined) return address.length === 0
  if (segment.startsWith('[[...')) return true
  const [first, ...rest] = address
  if (first === undefined) return false
  // What no other page answers is the page of the missing ones.
  if (segment.startsWith('[...')) return segment !== '[...missing]'
  return (segment.startsWith('[') || first === segment) && matches(rest, deeper)
}

const framing = /^(layout|loading|error|not-found|forbidden|global-error)\.tsx$/

/** What frames a page: layouts, loading and error pages of its folder and of those above. */
export function framesOf(page: string, files: readonly string[]): string[] {
  return files.filter((file) => {
    const folder = file.slice(0, file.lastIndexOf('/') + 1)
    return file.startsWith('app/') && page.startsWith(folder) && framing.test(file.slice(folder.length))
  })
}
