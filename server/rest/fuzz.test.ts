import { eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { buildReport } from '#db/factories/reports.ts'
import { events } from '#db/schema/index.ts'
import { sourceOf } from '#server/api-clients/rules/api-client.ts'
import { partner } from '#server/http/testing/open311-partner.ts'
import { test } from '#server/http/testing/rest-desk.ts'
import { hostileValues } from '#server/trpc/testing/hostile-values.ts'
import { hostileInputs, isInTurn, type Known, samplesOf } from '#server/trpc/testing/inputs.ts'
import { operationIds, operationOf } from './rules/operations.ts'

const asText = (value: unknown): string => {
  try {
    return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  } catch {
    return String(value)
  }
}
const written = (value: unknown): string | null => {
  try {
    return JSON.stringify(value) ?? null
  } catch {
    return null
  }
}

/** Sends every documented request with one value at a time replaced by an unexpected one. */
test('no input to any operation causes a defect, and each is answered as the document says', async ({ api, db }) => {
  const { key, id, category } = await partner(db)
  const report = await buildReport(db, { source: sourceOf(id), state: 'in_progress' })
  const known: Known = { code: [report.code], name: [report.code], category: [category.code] }
  const statuses = new Map<number, number>()
  const defects: string[] = []
  let created = 0
  const send = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await api(method, path, { key, ...(body !== undefined && { body }), ...(headers && { headers }) })
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    if (answer.status >= 500)
      defects.push(`${answer.status} ${method} ${path.slice(0, 200)} ${asText(body).slice(0, 200)}`)
    if (answer.operation === 'sendReport' && answer.status === 201) created++
  }
  for (const operation of operationIds) {
    const { method, path, query, headers, body } = operationOf(operation)
    const filled = path.replace('{day}', '2026-03-01').replaceAll(/\{\w+\}/g, report.code)
    const [parameter] = /\{\w+\}/.exec(path) ?? []
    for (const value of hostileValues) {
      const text = encodeURIComponent(asText(value).toWellFormed().slice(0, 300))
      if (parameter && text !== '' && !/^\.+$/.test(text)) await send(method, path.replace(parameter, text), body && {})
      for (const name of Object.keys(query?.shape ?? {}))
        await send(method, `${filled}?${name}=${text}&${name}=${text}`)
      for (const name of Object.keys(headers?.shape ?? {}))
        await send(method, filled, {}, { [name]: text.slice(0, 500) })
      const json = body && written(value)
      if (json) await send(method, filled, json)
    }
    if (!body) continue
    for (const sample of samplesOf(body as Parameters<typeof samplesOf>[0], known))
      for (const [turn, { value, input }] of hostileInputs(sample).entries()) {
        const json = written(input)
        if (json && isInTurn(value, turn)) await send(method, filled, json)
      }
  }
  console.log(`rest: by status ${JSON.stringify(Object.fromEntries(statuses))}`)
  expect(defects).toEqual([])
  const [sent] = await db.execute(sql`
    select count(*)::int as n from reports where source = ${sourceOf(id)} and id <> ${report.id}`)
  expect(sent?.n).toBe(created)
  const received = await db.select().from(events).where(eq(events.actorId, id))
  expect(received.filter(({ event }) => event === 'report.received')).toHaveLength(created)
}, 600_000)
