import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { test } from '#db/testing.ts'
import { loggedError } from './logged-error.ts'

test('the log records where and why a statement failed, and none of its values', async ({ db }) => {
  const failures = [
    sql`insert into reporters (report_id, name, phone) values (${-1}, ${'Nguyễn Văn An'}, ${'0912345678'})`,
    sql`select ${'Nguyễn Văn An 0912345678'}::text::uuid`,
  ]
  const logged = await Promise.all(failures.map((one) => db.execute(one).then(() => null, loggedError)))
  expect(logged).toMatchObject([
    { message: expect.stringContaining('insert into reporters'), cause: { code: '23503' } },
    { message: expect.stringContaining('uuid'), cause: { code: '22P02' } },
  ])
  expect(logged[0]?.stack).toContain('logged-error.test.ts')
  expect(JSON.stringify(logged)).not.toMatch(/Nguyễn|0912/)
})
