import { sql as template } from 'drizzle-orm'
import { expect } from 'vitest'
import { databaseLimits } from '#server/platform/rules/limits.ts'
import { writtenOnce } from './built-once.ts'
import { connect, type Transaction } from './client.ts'
import { withoutDatabase } from './factories/outage.ts'
import { test } from './testing.ts'
import { withCommit } from './transactions.ts'

const numbers = template`select n from kept order by n`
const keep = (tx: Pick<Transaction, 'execute'>, n: number) => tx.execute(template`insert into kept values (${n})`)

const keepLast = writtenOnce(() => template`insert into kept values (${template.placeholder('n')})`)

const ready = test.extend('kept', async ({ db }) => {
  await db.execute(template`drop table if exists kept`)
  await db.execute(template`create table kept (n int primary key)`)
  return async () => (await db.execute(numbers)).map(({ n }) => n)
})

ready('what is written stays when the work is done, and goes when it fails', async ({ db, kept }) => {
  await db.transaction(async (tx) => {
    await keep(tx, 1)
    expect(await kept()).toEqual([])
  })
  const failing = db.transaction(async (tx) => {
    await keep(tx, 2)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await kept()).toEqual([1])
})

ready('a failure that the work swallows is no success', async ({ db, kept }) => {
  const swallowing = db.transaction(async (tx) => {
    await keep(tx, 1)
    await keep(tx, 1).catch(() => undefined)
  })
  await expect(swallowing).rejects.toThrow('nothing of the transaction is kept')
  expect(await kept()).toEqual([])
})

ready('what goes off with the commit fails the transaction, for its own reason', async ({ db, kept }) => {
  await db.transaction((tx) => withCommit(tx, keepLast(tx, { n: 1 })))
  const twice = db.transaction((tx) => withCommit(tx, keepLast(tx, { n: 1 })))
  await expect(twice).rejects.toMatchObject({ constraint_name: 'kept_pkey' })
  expect(await kept()).toEqual([1])
})

ready('a part that fails is undone alone', async ({ db, kept }) => {
  await db.transaction(async (tx) => {
    await keep(tx, 1)
    const part = tx.transaction(async (inner) => {
      await keep(inner, 2)
      await keep(inner, 1)
    })
    await expect(part).rejects.toThrow()
    await tx.transaction((inner) => keep(inner, 3))
  })
  expect(await kept()).toEqual([1, 3])
})

ready('a statement that comes after the end runs nowhere', async ({ db, kept }) => {
  const late: Transaction[] = []
  await db.transaction(async (tx) => void late.push(tx))
  await expect(keep(late[0] as Transaction, 1)).rejects.toMatchObject({ cause: { message: 'The transaction is over' } })
  expect(await kept()).toEqual([])
})

ready(
  'a connection lost in the middle fails the work at once, and the next has another',
  async ({ databaseUrl, kept }) => {
    const { db, close } = connect(databaseUrl, { max: 1 })
    const broken = db.transaction(async (tx) => {
      const [me] = await tx.execute(template`select pg_backend_pid() as pid`)
      await keep(tx, 1)
      const end = connect(databaseUrl, { max: 1 })
      await end.db.execute(template`select pg_terminate_backend(${me?.pid}::int)`)
      await end.close()
      await new Promise(() => {})
    })
    await expect(broken).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await db.transaction((tx) => keep(tx, 2))
    expect(await kept()).toEqual([2])
    await close()
  },
)

ready(
  'more transactions than connections take turns, and the pool closes behind them',
  async ({ databaseUrl, kept }) => {
    const { db, close } = connect(databaseUrl, { max: 2 })
    const turns = Array.from({ length: 12 }, (_, n) =>
      db.transaction(async (tx) => {
        await keep(tx, n)
        if (n % 3 === 0) throw new Error('every third')
      }),
    )
    await Promise.allSettled(turns)
    expect(await kept()).toEqual([1, 2, 4, 5, 7, 8, 10, 11])
    const last = db.transaction((tx) => keep(tx, 12))
    await Promise.all([last, close()])
    await expect(db.transaction((tx) => keep(tx, 13))).rejects.toThrow('closed')
    expect(await kept()).toContain(12)
  },
)

ready(
  'a pool outlives an outage: all its connections serve again, however much failed meanwhile',
  async ({ databaseUrl, kept }) => {
    const { db, close } = connect(databaseUrl, { max: 4, timeLimits: { ...databaseLimits.pages, connectSeconds: 0.5 } })
    const together = async () => {
      const [inside, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      let began = 0
      const all = Array.from({ length: 4 }, () =>
        db.transaction(async (tx) => {
          await tx.execute('select 1')
          if (++began === 4) inside.resolve()
          await done.promise
        }),
      )
      await Promise.race([inside.promise, Promise.all(all)])
      done.resolve()
      await Promise.all(all)
    }
    await together()
    await withoutDatabase(databaseUrl, async () => {
      for (let round = 0; round < 4; round += 1) {
        const failed = await Promise.allSettled([
          ...Array.from({ length: 4 }, () => db.transaction((tx) => keep(tx, round))),
          ...Array.from({ length: 4 }, () => keep(db, round)),
        ])
        expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 'rejected'))
      }
    })
    const isWhole = () =>
      together().then(
        () => true,
        () => false,
      )
    await expect.poll(isWhole, { timeout: 30_000, interval: 100 }).toBe(true)
    expect(await kept()).toEqual([])
    await close()
  },
)
