import type { Sql } from '#db/client.ts'
import { manyPlaces, writeManyPlaces } from '#db/factories/many-places.ts'

const count = 200_000

/** Addresses among 200,000 places, as people type them: one in seven has a slip, some say more than the address. */
export async function typedAmongMany(sql: Sql): Promise<{ text: string }[]> {
  const [known] = await sql<{ rows: number }[]>`select count(*)::int as rows from places where origin = ${manyPlaces}`
  if (known?.rows !== count) await writeManyPlaces(sql, count)
  const rows = await sql<{ kind: string; name: string; number: number | null }[]>`
    select kind, name, number from (
      select *, row_number() over (partition by kind order by md5(digest)) as place
      from places where origin = ${manyPlaces}) p
    where place <= case kind when 'house' then 110 when 'lane' then 40 else 30 end order by md5(digest)`
  return rows.map(({ kind, name, number }, at) => {
    const typed = at % 7 === 0 ? withSlip(name) : at % 3 === 0 ? name.toLowerCase() : name
    if (kind === 'house') return { text: `${at % 4 === 0 ? 'đối diện số nhà ' : ''}${number} ${typed}${after(at)}` }
    if (kind === 'lane') return { text: `ngõ ${number} ${typed}${after(at)}` }
    return { text: `${kind === 'street' ? 'phố' : 'gần'} ${typed}${after(at)}` }
  })
}

const after = (at: number) => ['', ', Hà Nội', ', P. Láng Thượng, Q. Đống Đa', ', có ổ gà to', ''][at % 5]

/** Two letters in the middle of the last word change places. */
function withSlip(name: string): string {
  const at = Math.max(1, name.length - 2)
  return name.slice(0, at - 1) + (name[at] ?? '') + (name[at - 1] ?? '') + name.slice(at + 1)
}
