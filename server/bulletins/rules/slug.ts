import { fold } from '#server/platform/rules/text.ts'

const longest = 80

/** The words of a title as the last part of an address: folded, joined by hyphens, cut between words. */
export function slugOf(title: string): string {
  const words = fold(title)
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  let slug = ''
  for (const word of words) {
    if (slug.length + word.length + 1 > longest) break
    slug = slug === '' ? word : `${slug}-${word}`
  }
  return slug || 'ban-tin'
}
