import { inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import {
  accounts,
  agencies,
  answerTemplates,
  areas,
  bulletins,
  calendars,
  categories,
  incidents,
  mailings,
} from '#db/schema/index.ts'

type Named = { subject: string | null; details: Record<string, unknown> }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Codes of agencies, calendars and categories: short words with hyphens. */
const code = /^[A-Za-z][A-Za-z0-9-]{0,59}$/

/** Names for every id in these entries, queried together for a page of the log. */
export async function namesIn(db: Connection, entries: readonly Named[]): Promise<Record<string, string>> {
  const texts = new Set<string>()
  const areaIds = new Map<number, Set<string>>()
  for (const { subject, details } of entries) {
    if (subject) texts.add(subject)
    collect(details, '', texts, areaIds)
  }
  const uuids = [...texts].filter((text) => uuid.test(text))
  const codes = [...texts].filter((text) => !uuid.test(text) && code.test(text))
  const named = await Promise.all([
    ...(uuids.length > 0 ? [namedByUuid(db, uuids)] : []),
    ...(codes.length > 0 ? [namedByCode(db, codes)] : []),
  ])
  const names = Object.fromEntries(named.flat().map(({ id, name }) => [id, name]))
  if (areaIds.size === 0) return names
  const known = await db
    .select({ id: areas.id, name: areas.name })
    .from(areas)
    .where(inArray(areas.id, [...areaIds.keys()]))
  for (const { id, name } of known) for (const field of areaIds.get(id) ?? []) names[`${field}:${id}`] = name
  return names
}

function collect(value: unknown, field: string, texts: Set<string>, areaIds: Map<number, Set<string>>): void {
  if (typeof value === 'string') texts.add(value)
  else if (typeof value === 'number' && /^areaIds?$/.test(field)) {
    areaIds.set(value, (areaIds.get(value) ?? new Set()).add(field))
  } else if (Array.isArray(value)) for (const each of value) collect(each, field, texts, areaIds)
  else if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) collect(each, key, texts, areaIds)
  }
}

async function namedByUuid(db: Connection, ids: string[]) {
  return (
    await Promise.all([
      db.select({ id: accounts.id, name: accounts.name }).from(accounts).where(inArray(accounts.id, ids)),
      db.select({ id: incidents.id, name: incidents.name }).from(incidents).where(inArray(incidents.id, ids)),
      db.select({ id: bulletins.id, name: bulletins.title }).from(bulletins).where(inArray(bulletins.id, ids)),
      db.select({ id: mailings.id, name: mailings.name }).from(mailings).where(inArray(mailings.id, ids)),
      db
        .select({ id: answerTemplates.id, name: answerTemplates.name })
        .from(answerTemplates)
        .where(inArray(answerTemplates.id, ids)),
    ])
  ).flat()
}

async function namedByCode(db: Connection, ids: string[]) {
  return (
    await Promise.all([
      db.select({ id: agencies.id, name: agencies.name }).from(agencies).where(inArray(agencies.id, ids)),
      db.select({ id: calendars.id, name: calendars.name }).from(calendars).where(inArray(calendars.id, ids)),
      db.select({ id: categories.code, name: categories.name }).from(categories).where(inArray(categories.code, ids)),
    ])
  ).flat()
}
