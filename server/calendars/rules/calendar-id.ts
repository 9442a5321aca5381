import { fold } from '#server/platform/rules/text.ts'

const longest = 40

/** A short code for a new calendar, made from its name: the log and imports identify it by this code. */
export function calendarIdOf(name: string, taken: ReadonlySet<string>): string {
  const slug = fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '')
  const base = /^[a-z]/.test(slug) ? slug : `lich-${slug}`.replace(/-$/, '')
  let id = base
  for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`
  return id
}
