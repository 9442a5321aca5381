import { expect } from 'vitest'
import { buildHeld } from '#db/factories/held.ts'
import { test } from '#db/testing.ts'
import { hashOfToken, issueCitizenLink } from './links.ts'
import { pageFacts } from './queries/page.ts'

test('the page hides a rating that can still be undone, and keeps the earlier transfer', async ({ db }) => {
  const now = new Date()
  const held = { event: 'report.rated', from: 'answered', row: { rating: 'satisfied' } } as const
  const report = await buildHeld(db, held, { state: 'closed', rating: 'dissatisfied', transferCount: 1 })
  const path = await issueCitizenLink(db, report.id, { now })
  const hash = hashOfToken(new URL(path, 'http://desk').searchParams.get('t') ?? '')
  const facts = await pageFacts(db, { hash, code: report.code, now })
  expect(facts?.source).toMatchObject({ state: 'answered', rating: 'satisfied', transferCount: 1 })
})
