import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { canonical } from '#server/events/rules/changes.ts'

export const isSameText = (a: BulletinContent, b: BulletinContent): boolean => a === b || canonical(a) === canonical(b)

/** Returns the content with one part replaced, by its conflict path: `kind`, `en`, `vi.body`. */
export function withPart(content: BulletinContent, path: string, part: unknown): BulletinContent {
  const [head = '', tail] = path.split('.')
  if (tail === undefined) return { ...content, [head]: part }
  const inner = content[head as keyof BulletinContent]
  return { ...content, [head]: { ...(inner as object), [tail]: part } }
}
