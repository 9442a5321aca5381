import type { TransactionSql } from 'postgres'
import type { Sql } from '#db/client.ts'

const syllables =
  `an bach bao binh cam canh chi dai dang danh doan duc dung giang ha hai han hien hoa hoang hong hung huu khanh
  khoa kien kim lam lan lieu linh loc long luong mai manh minh my nam nga ngoc nhan nhat nhu oanh phong phu
  phuc phuong quang que quy sam sinh son tai tam tan thai thanh thao thien thinh thu thuan thuy tien toan trang
  tri trung truc tuan tung tuyet van viet vinh vu xuan yen`.split(/\s+/)
const surnames = 'nguyen tran le pham hoang phan vu dang bui do ho ngo duong ly dao dinh mai trinh'.split(' ')
const landmarks = ['cho', 'chung cu', 'benh vien', 'tieu hoc', 'cong vien', 'chua']

/** The origin of generated places. */
export const manyPlaces = 'many-places'

/**
 * A gazetteer as large as that of a big city: of a thousand places 75 are streets, 175 landmarks, 300 lanes and 450
 * houses. Streets are named after people, so that very many names share a word.
 */
export async function writeManyPlaces(pool: Sql, count: number): Promise<void> {
  // One transaction, because a temporary table belongs to one connection.
  await pool.begin((sql) => write(sql, count))
  await pool`analyze places`
}

async function write(sql: TransactionSql<{ bigint: number }>, count: number): Promise<void> {
  const [streets, named] = [Math.round(count * 0.075), Math.round(count * 0.175)]
  const [lanes, houses] = [Math.round(count * 0.3), count - streets - named - Math.round(count * 0.3)]
  const word = (step: string) => sql.unsafe(`('{${syllables.join(',')}}'::text[])[1 + (${step}) % ${syllables.length}]`)
  const surname = sql.unsafe(`('{${surnames.join(',')}}'::text[])[1 + (g * g / 7) % ${surnames.length}]`)
  const landmark = sql.unsafe(`('{${landmarks.join(',')}}'::text[])[1 + g % ${landmarks.length}]`)
  await sql`delete from places where origin = ${manyPlaces}`
  await sql`create temporary table streets on commit drop as
    select g, concat_ws(' ', ${surname}, ${word('g')}, ${word('g / 80 + g * 3')}) as key,
      105.75 + (g * 7919 % 1000) * 0.00015 as lon, 20.95 + (g * 104729 % 1000) * 0.00012 as lat
    from generate_series(1::bigint, ${streets}) g`
  await sql`
    insert into places (source, origin, digest, kind, name, key, lon, lat, west, south, east, north, lines, metres)
    select 'file', ${manyPlaces}, 's' || g, 'street', initcap(key), key, lon, lat, lon - 0.003, lat - 0.001,
      lon + 0.003, lat + 0.001, jsonb_build_array(jsonb_build_array(jsonb_build_array(lon - 0.003, lat - 0.001),
        jsonb_build_array(lon, lat), jsonb_build_array(lon + 0.003, lat + 0.001))), 330
    from streets`
  await sql`insert into places (source, origin, digest, kind, name, key, lon, lat, west, south, east, north, metres)
    select 'file', ${manyPlaces}, 'l' || g, 'landmark', initcap(key), key, lon, lat, lon, lat, lon, lat, 100
    from (select g, concat_ws(' ', ${landmark}, ${word('g * 7')}, ${word('g / 90 + g')}) as key,
      105.75 + (g * 6007 % 1000) * 0.00015 as lon, 20.95 + (g * 3301 % 1000) * 0.00012 as lat
      from generate_series(1::bigint, ${named}) g) l`
  for (const [kind, rows] of [
    ['lane', lanes],
    ['house', houses],
  ] as const) {
    const lanesOf = kind === 'lane' ? sql`number::text` : sql`''`
    await sql`
      insert into places (source, origin, digest, kind, name, key, lanes, number, lon, lat, west, south, east, north,
        metres)
      select 'file', ${manyPlaces}, ${kind} || n, ${kind}, initcap(key), key, ${lanesOf}, number, at, lat, at, lat, at,
        lat, 30
      from (
        select n, key, number, lon - 0.003 + number * 0.00003 as at, lat from generate_series(1::bigint, ${rows}) n
        join streets on g = 1 + n % ${streets}, lateral (select (1 + n / ${streets} * 9)::int as number) numbered
      ) placed`
  }
}
