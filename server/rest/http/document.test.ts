import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { deliveryKinds } from '#server/webhooks/rules/payload.ts'
import { operationsAt } from '../rules/address.ts'
import { operationIds, operationOf, restPath } from '../rules/operations.ts'
import { problemNames, problems } from '../rules/problems.ts'
import { document, problemsOf } from './document.ts'

const written = document('https://desk.example')

describe('the OpenAPI document', () => {
  test('passes the recommended rules of the linter', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] })
    const found = await lintFromString({ source: JSON.stringify(written), config })
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
  })

  test('describes every operation that is matched, and no other', () => {
    const described = Object.entries(written.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(described.toSorted()).toEqual(
      operationIds.map((id) => `${operationOf(id).method} ${operationOf(id).path}`).toSorted(),
    )
    for (const id of operationIds) {
      const path = operationOf(id).path.replaceAll(/\{\w+\}/g, 'x')
      expect(operationsAt(`${restPath}${path}`)?.ids).toContain(id)
    }
  })

  test('describes what is sent to webhooks', () => {
    expect(Object.keys(written.webhooks ?? {}).toSorted()).toEqual(deliveryKinds.toSorted())
    const body = JSON.stringify(written.webhooks?.['report.answered']?.post?.requestBody)
    for (const field of ['waits_for_citizen', 'due_at', 'as_of']) expect(body).toContain(`"${field}"`)
  })

  test('names each problem that an operation may answer with by its status', () => {
    for (const id of operationIds) {
      const { path, method } = operationOf(id)
      const item = written.paths?.[path]?.[method.toLowerCase() as 'get']
      for (const name of problemsOf(operationOf(id)))
        expect(Object.keys(item?.responses ?? {})).toContain(String(problems[name].status))
    }
    for (const name of problemNames) expect(written.info.description).toContain(`/${name}\``)
  })
})
