import { inArray } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import {
  accounts,
  agencies,
  answerTemplates,
  apiClients,
  areas,
  bulletins,
  calendars,
  categories,
  incidents,
  mailings,
  reports,
  webhooks,
} from '#db/schema/index.ts'

type Named = { subject: string | null; details: Record<string, unknown> }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Codes of agencies, calendars and categories: short words with hyphens. */
const code = /^[A-Za-z][A-Za-z0-9-]{0,59}$/

/** Names for every id in these entries, queried together for a page of the log. */
export async function namesIn(db: Connection, entries: readonly Named[]): Promise<Record<string, string>> {
  const texts = new Set<string>()
  const numbered: Numbered = { areas: new Map(), reports: new Map() }
  for (const { subject, details } of entries) {
    if (subject) texts.add(subject)
    collect(details, '', texts, numbered)
  }
  const uuids = [...texts].filter((text) => uuid.test(text))
  const codes = [...texts].filter((text) => !uuid.test(text) && code.test(text))
  const named = await Promise.all([
    ...(uuids.length > 0 ? [namedByUuid(db, uuids)] : []),
    ...(codes.length > 0 ? [namedByCode(db, codes)] : []),
  ])
  const names = Object.fromEntries(named.flat().map(({ id, name }) => [id, name]))
  for (const [fields, read] of [
    [numbered.areas, namedAreas],
    [numbered.reports, codedReports],
  ] as const) {
    if (fields.size === 0) continue
    for (const { id, name } of await read(db, [...fields.keys()]))
      for (const field of fields.get(id) ?? []) names[`${field}:${id}`] = name
  }
  return names
}

/** The fields in which each number occurs. */
type Fields = Map<number, Set<string>>
type Numbered = { areas: Fields; reports: Fields }

const namedAreas = (db: Connection, ids: number[]) =>
  db.select({ id: areas.id, name: areas.name }).from(areas).where(inArray(areas.id, ids))

const codedReports = (db: Connection, ids: number[]) =>
  db.select({ id: reports.id, name: reports.code }).from(reports).where(inArray(reports.id, ids))

function collect(value: unknown, field: string, texts: Set<string>, numbered: Numbered): void {
  if (typeof value === 'string') texts.add(value)
  else if (typeof value === 'number') {
    const fields = /^areaIds?$/.test(field) ? numbered.areas : /[rR]eportIds?$/.test(field) ? numbered.reports : null
    fields?.set(value, (fields.get(value) ?? new Set()).add(field))
  } else if (Array.isArray(value)) for (const each of value) collect(each, field, texts, numbered)
  else if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) collect(each, key, texts, numbered)
  }
}

async function namedByUuid(db: Connection, ids: string[]) {
  return (
    await Promise.all([
      db.select({ id: accounts.id, name: accounts.name }).from(accounts).where(inArray(accounts.id, ids)),
      db.select({ id: incidents.id, name: incidents.name }).from(incidents).where(inArray(incidents.id, ids)),
      db.select({ id: bulletins.id, name: bulletins.title }).from(bulletins).where(inArray(bulletins.id, ids)),
      db.select({ id: apiClients.id, name: apiClients.name }).from(apiClients).where(inArray(apiClients.id, ids)),
      db.select({ id: webhooks.id, name: webhooks.name }).from(webhooks).where(inArray(webhooks.id, ids)),
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
