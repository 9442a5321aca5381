import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { streetOf, streetsAmong, type Way } from '../rules/ways.ts'

type Stored = Way & { digest: string }

/** Rows that are fetched, and streets that are written, at once. */
const batch = 500

/** Puts streets in place of their ways in `place_rows`, name by name. */
export async function joinWays(tx: Transaction, write: (streets: Way[]) => Promise<void>): Promise<void> {
  await tx.execute(sql`create index on place_rows (digest)`)
  await tx.execute(sql`analyze place_rows`)
  await tx.execute(sql`
    declare ways no scroll cursor for
    select digest, kind, name, key, lanes, number, letter, lon, lat, west, south, east, north, lines, metres
    from (
      select distinct on (kind, key, lanes, digest) *, count(*) over (partition by kind, key, lanes) as ways
      from place_rows where lines is not null order by kind, key, lanes, digest) named
    where ways > 1 order by kind, key, lanes, digest`)
  const [streets, digests]: [Way[], string[]] = [[], []]
  const settle = async () => {
    const list = `{${digests.splice(0).join(',')}}`
    await tx.execute(sql`delete from place_rows where digest = any(${list}::text[])`)
    await write(streets.splice(0))
  }
  const named: Stored[] = []
  const join = () => {
    for (const ways of streetsAmong(named.splice(0))) {
      if (ways.length === 1) continue
      streets.push(streetOf(ways))
      for (const { digest } of ways) digests.push(digest)
    }
  }
  for (;;) {
    const rows = await tx.execute<Stored>(sql`fetch ${sql.raw(String(batch))} from ways`)
    for (const row of rows) {
      if (named[0] && !isOfOneName(row, named[0])) join()
      named.push({ ...row, communeCode: null })
    }
    if (rows.length < batch) break
    if (streets.length >= batch) await settle()
  }
  join()
  await settle()
}

const isOfOneName = (one: Way, other: Way): boolean =>
  one.kind === other.kind && one.key === other.key && one.lanes === other.lanes
