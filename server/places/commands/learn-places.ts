import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { placeReadings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { log } from '#server/platform/log.ts'
import { placeInAddress } from '../rules/named-place.ts'

/** Few at a time: a worker serves other jobs in between. */
const batch = 500
const streets = 40

/** Points of one place that lie farther from its middle are mistakes, in metres. */
const reach = { house: 150, lane: 400, landmark: 500, street: 4000 }

/**
 * Learns from reports whose address or point is new, the newest first, and then sums up what is known of their streets.
 * One step; returns whether there may be more.
 */
export async function learnPlaces({ db }: Pick<Context, 'db'>): Promise<boolean> {
  return db.transaction(async (tx) => (await readMarked(tx)) || (await renewStreets(tx)))
}

type Marked = { id: string; address: string; lon: number | null; lat: number | null; areaId: number | null }

/** Reads the addresses of the marked reports. Of a report that has none any more, nothing is kept. */
async function readMarked(tx: Transaction): Promise<boolean> {
  const rows = await tx.execute<Marked>(sql`
    with marked as (
      delete from place_marks where report_id in (
        select report_id from place_marks order by report_id desc limit ${sql.raw(String(batch))}
        for update skip locked)
      returning report_id)
    select r.id, r.address, r.lon, r.lat, r.area_id as "areaId" from marked join reports r on r.id = marked.report_id`)
  if (rows.length === 0) return false
  const ids = `{${rows.map(({ id }) => id).join(',')}}`
  // A trigger has the streets of these summed up again.
  await tx.execute(sql`delete from place_readings where report_id = any(${ids}::bigint[])`)
  const readings = rows.flatMap(({ id, address, lon, lat, areaId }) => {
    const place = lon === null || lat === null ? null : placeInAddress(address)
    return place && lon !== null && lat !== null ? [{ reportId: Number(id), ...place, lon, lat, areaId }] : []
  })
  if (readings.length > 0) {
    await tx.insert(placeReadings).values(readings)
    await tx.execute(sql`
      insert into place_renewals (key, area_id)
      select distinct key, coalesce(area_id, 0) from place_readings where report_id = any(${ids}::bigint[]) order by 1, 2
      on conflict (key, area_id) do update set key = excluded.key`)
  }
  return true
}

type Due = { key: string; areaId: number }

/** Sums up some streets that are due. One that fails is left as it was, and does not hold up the others. */
async function renewStreets(tx: Transaction): Promise<boolean> {
  const due = await tx.execute<Due>(sql`
    delete from place_renewals where (key, area_id) in (
      select key, area_id from place_renewals order by key, area_id limit ${sql.raw(String(streets))}
      for update skip locked)
    returning key, area_id as "areaId"`)
  if (due.length === 0) return false
  const renew = (some: readonly Due[]) => tx.transaction((step) => sumUp(step, some))
  try {
    await renew(due)
  } catch {
    for (const one of due) {
      await renew([one]).catch((error: unknown) => log.error({ err: error }, 'a street could not be summed up'))
    }
  }
  return true
}

/** How many reports must agree on a name that is in no file and is not called a street: it may be that of a person. */
const agreeing = 3
const calledStreet = `^(${['đường', 'phố', 'ngõ', 'ngách', 'hẻm', 'kiệt', 'duong', 'pho', 'ngo', 'ngach', 'hem', 'kiet']
  .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()])
  .join('|')}) `

/**
 * Sums up the readings of some streets of a commune, unless their names may be those of persons: each house, lane and
 * landmark lies at the middle of the points of those who named it, a street in the middle of all of them. Points far
 * from that middle do not count; where none is near it, the newest one does. Kinds are listed in two groups, because
 * each group has an index of its own.
 */
async function sumUp(tx: Transaction, due: readonly Due[]): Promise<void> {
  const list = JSON.stringify(due)
  await tx.execute(sql`
    with due as (
      select key, "areaId" as area from jsonb_to_recordset(${list}::text::jsonb) as d(key text, "areaId" int)
    ),
    said as materialized (
      select r.* from due join place_readings r on r.key = due.key and coalesce(r.area_id, 0) = due.area
    ),
    known as (
      select key, area_id from said group by key, area_id
      having count(*) >= ${sql.raw(String(agreeing))} or bool_or(kind = 'lane' or name ~ ${calledStreet})
        or exists (select from places p
          where p.key = said.key and p.source = 'file'
            and ((p.kind in ('street', 'landmark')) or (p.kind in ('lane', 'house'))))
    ),
    readings as materialized (
      select said.* from said join known
        on known.key = said.key and known.area_id is not distinct from said.area_id
    ),
    told as (
      select kind, key, area_id, lanes, number, letter, lon, lat, name, report_id from readings
      union all
      select 'street', key, area_id, '', null, '', lon, lat, name, report_id
      from readings where kind in ('house', 'lane')
      union all
      select 'lane', key, area_id, lanes, substring(lanes from '^[0-9]{1,6}')::int, '', lon, lat, name, report_id
      from readings where kind = 'house' and lanes ~ '^[0-9]{1,6}'
    ),
    middles as (
      select kind, key, area_id, lanes, number, letter,
        percentile_cont(0.5) within group (order by lon) as lon,
        percentile_cont(0.5) within group (order by lat) as lat,
        max(report_id) as newest
      from told group by kind, key, area_id, lanes, number, letter
    ),
    apart as (
      select t.*, m.newest,
        sqrt(((t.lon - m.lon) * cos(radians(m.lat))) ^ 2 + (t.lat - m.lat) ^ 2) * 111000 <= case t.kind
          when 'house' then ${sql.raw(String(reach.house))} when 'lane' then ${sql.raw(String(reach.lane))}
          when 'landmark' then ${sql.raw(String(reach.landmark))} else ${sql.raw(String(reach.street))} end as is_near
      from told t join middles m on (t.kind, t.key, t.lanes, t.letter) = (m.kind, m.key, m.lanes, m.letter)
        and t.area_id is not distinct from m.area_id and t.number is not distinct from m.number
    ),
    kept as (
      select * from (
        select *, bool_or(is_near) over (partition by kind, key, area_id, lanes, number, letter) as any_near
        from apart) a
      where is_near or (not any_near and report_id = newest)
    ),
    summed as (
      select kind, key, area_id, lanes, number, letter, mode() within group (order by name) as name,
        percentile_cont(0.5) within group (order by lon) as lon,
        percentile_cont(0.5) within group (order by lat) as lat,
        min(lon) as west, min(lat) as south, max(lon) as east, max(lat) as north, count(*)::int as weight
      from kept group by kind, key, area_id, lanes, number, letter
    ),
    written as (
      select 'learned' as source, '' as origin,
        concat_ws('|', kind, key, coalesce(area_id, 0), lanes, coalesce(number, 0), letter) as digest,
        kind, name, key, lanes, number, letter, lon, lat, area_id, west, south, east, north, null::jsonb as lines,
        greatest(30, sqrt(((east - west) * cos(radians(lat))) ^ 2 + (north - south) ^ 2) * 55500)::int as metres, weight
      from summed
    ),
    gone as (
      delete from places p using due
      where p.origin = '' and p.key = due.key and coalesce(p.area_id, 0) = due.area
        and ((p.kind in ('street', 'landmark', 'former_area')) or (p.kind in ('lane', 'house')))
        and not exists (select from written w where w.digest = p.digest)
    )
    insert into places (source, origin, digest, kind, name, key, lanes, number, letter, lon, lat, area_id, west, south,
      east, north, lines, metres, weight)
    select * from written
    on conflict (origin, digest) do update set (name, lon, lat, west, south, east, north, metres, weight) =
      (excluded.name, excluded.lon, excluded.lat, excluded.west, excluded.south, excluded.east, excluded.north,
        excluded.metres, excluded.weight)
    where (places.name, places.lon, places.lat, places.west, places.south, places.east, places.north, places.weight)
      is distinct from (excluded.name, excluded.lon, excluded.lat, excluded.west, excluded.south, excluded.east,
        excluded.north, excluded.weight)`)
}
