import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { daysOf } from '#server/calendars/rules/calendar-days.ts'
import { compileCalendar } from '#server/calendars/rules/compiled-calendar.ts'
import { maturesAt } from '#server/calendars/rules/deadlines.ts'
import { officeWeek } from '#server/calendars/rules/test-calendars.ts'
import type { CalendarDay, CalendarVersion, Interval } from '#server/calendars/rules/working-time.ts'
import { connect, type Sql } from './client.ts'
import { test as plainTest } from './testing.ts'
import { standInForUuidv7 } from './uuidv7.ts'

const folder = join(import.meta.dirname, 'migrations')
const { entries } = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as {
  entries: { tag: string }[]
}

/** A database that is brought up to any migration, filled, and brought on. */
const test = plainTest.extend('old', async ({ databaseUrl }, { onCleanup }) => {
  const [beside, url] = [new URL(databaseUrl), new URL(databaseUrl)]
  beside.pathname = 'postgres'
  url.pathname = `test_${randomUUID().replaceAll('-', '')}`
  const name = url.pathname.slice(1)
  const server = connect(beside.href, { max: 1 })
  await server.sql`create database ${server.sql(name)} template template0 encoding 'UTF8'`
  const { sql, close } = connect(url.href, { max: 1 })
  await standInForUuidv7(sql)
  onCleanup(async () => {
    await close()
    await server.sql`drop database ${server.sql(name)} with (force)`
    await server.close()
  })
  const migrate = (tags: string[]) =>
    sql.begin(async (tx) => {
      for (const tag of tags) await tx.unsafe(readFileSync(join(folder, `${tag}.sql`), 'utf8'))
    })
  const at = (tag: string) => entries.findIndex((entry) => entry.tag.endsWith(tag))
  return {
    sql,
    bringBefore: (tag: string) => migrate(entries.slice(0, at(tag)).map((entry) => entry.tag)),
    bring: (tag: string) => migrate(entries.slice(at(tag), at(tag) + 1).map((entry) => entry.tag)),
  }
})

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [officer, editor] = [id(1), id(2)]

async function fill(sql: Sql) {
  await sql`insert into calendars (id, name) values ('default', 'Giờ hành chính')`
  await sql`insert into agencies (id, name, short_name, level, kind, calendar_id)
    values ('city', 'Hà Nội', 'Hà Nội', 'thanh_pho', 'ubnd', 'default')`
  for (const [account, name] of [
    [officer, 'can-bo'],
    [editor, 'bien-tap'],
  ] as const)
    await sql`insert into accounts (id, username, name, given_name, agency_id) values (${account}, ${name}, ${name}, ${name}, 'city')`
  await sql`insert into categories (code, name, name_en) values ('0101', 'Ổ gà', 'Pothole')`
  await sql`insert into reports (id, code, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, source_key)
    values (1, 'HN-1', 'awaiting_intake', 'normal', 'web', '0101', 'Ổ gà', 'Ổ gà', now(), now(), 'citizen', 'web', '1')`
}

const file = (sql: Sql, n: number) =>
  sql`insert into files (id, sha256, mime, bytes, width, height, original_key, public_key, thumb_key)
    values (${id(n)}, ${`sha-${n}`}, 'image/jpeg', 1, 1, 1, ${`o/${n}`}, ${`p/${n}`}, ${`t/${n}`})`

const contentWith = (...files: string[]) => ({
  vi: { body: { type: 'doc', content: files.map((fileId) => ({ type: 'image', attrs: { fileId, alt: fileId } })) } },
  en: null,
})

test('files get their purpose and owner from what they hang on; what hangs on both becomes two', async ({ old }) => {
  const { sql } = old
  await old.bringBefore('file_purposes')
  await fill(sql)
  const [onReport, inBulletin, onBoth, takenOff, inDraft, orphan, onlyWritten] = [10, 11, 12, 13, 14, 15, 16]
  for (const n of [onReport, inBulletin, onBoth, takenOff, inDraft, orphan, onlyWritten]) await file(sql, n)
  for (const n of [onReport, onBoth])
    await sql`insert into report_photos (report_id, file_id, kind, added_by_id, added_at) values (1, ${id(n)}, 'staff', ${officer}, now())`
  await sql`insert into events (at, event, subject_kind, report_id, actor_kind, actor_id, details)
    values (now(), 'report.photo_added', 'report', 1, 'staff', ${officer}, ${sql.json({ fileId: id(takenOff), kind: 'staff' })})`
  await sql`insert into report_drafts (account_id, report_id, kind, value, saved_at)
    values (${officer}, 1, 'answer', ${sql.json({ what: 'Đã vá', photoIds: [id(inDraft)] })}, now())`
  const bulletin = id(30)
  await sql`insert into bulletins (id, kind, severity, title, author_id, last_editor_id, created_at, updated_at)
    values (${bulletin}, 'road_closed', 'info', 'Cấm cầu', ${editor}, ${editor}, now(), now())`
  const contents = [contentWith(id(onBoth), id(onlyWritten)), contentWith(id(inBulletin), id(onBoth))]
  for (const [number, content] of contents.entries())
    await sql`insert into bulletin_revisions (id, bulletin_id, number, editor_id, content, words, sealed, created_at, saved_at)
      values (${id(40 + number)}, ${bulletin}, ${number + 1}, ${editor}, ${sql.json(content)}, 1, true, now(), now())`
  for (const n of [inBulletin, onBoth])
    await sql`insert into bulletin_images (bulletin_id, file_id) values (${bulletin}, ${id(n)})`

  await old.bring('file_purposes')

  const kept =
    await sql`select id, purpose, owner_id, attached_at is not null as attached, sha256 from files order by id`
  const known = new Map(kept.map((row) => [row.id as string, row]))
  const stands = (n: number) => {
    const row = known.get(id(n))
    return [row?.purpose, row?.owner_id, row?.attached]
  }
  expect(stands(onReport)).toEqual(['report_photo', officer, true])
  expect(stands(onBoth)).toEqual(['report_photo', officer, true])
  expect(stands(takenOff)).toEqual(['report_photo', officer, true])
  expect(stands(inDraft)).toEqual(['report_photo', officer, false])
  expect(stands(orphan)).toEqual(['report_photo', null, false])
  expect(stands(inBulletin)).toEqual(['bulletin_image', editor, true])
  expect(stands(onlyWritten)).toEqual(['bulletin_image', editor, true])

  const [split] = kept.filter((row) => row.sha256 === `sha-${onBoth}` && row.id !== id(onBoth))
  expect(split).toMatchObject({ purpose: 'bulletin_image', owner_id: editor, attached: true })
  expect(kept).toHaveLength(8)
  const shown = await sql`select file_id from bulletin_images order by file_id`
  expect(shown.map((row) => row.file_id)).toEqual([id(inBulletin), split?.id].sort())
  const texts = await sql`select content from bulletin_revisions order by number`
  expect(texts.map((row) => row.content)).toEqual([
    contentWith(split?.id, id(onlyWritten)),
    contentWith(id(inBulletin), split?.id),
  ])
  await expect(sql`update bulletin_revisions set content = '{}'`).rejects.toThrow('keeps its text')
  const hanging = await sql`select file_id from report_photos order by file_id`
  expect(hanging.map((row) => row.file_id)).toEqual([id(onReport), id(onBoth)])
})

test('each photo learns who held its report when it was added, and each answer keeps its proof', async ({ old }) => {
  const { sql } = old
  await old.bringBefore('photos_by_holder')
  await fill(sql)
  for (const ward of ['tay-ho', 'ba-dinh'])
    await sql`insert into agencies (id, name, short_name, level, kind, calendar_id, parent_id)
      values (${ward}, ${ward}, ${ward}, 'phuong', 'ubnd', 'default', 'city')`
  await sql`insert into reports (id, code, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, source_key)
    values (2, 'HN-2', 'awaiting_intake', 'normal', 'web', '0101', 'Ổ gà', 'Ổ gà', now(), now(), 'citizen', 'web', '2')`
  const [sentIn, own, back, proof, moved, answer] = [20, 21, 22, 23, 24, id(50)]
  for (const n of [sentIn, own, back, proof, moved])
    await sql`insert into files (id, sha256, mime, bytes, width, height, original_key, public_key, thumb_key, purpose)
      values (${id(n)}, ${`sha-${n}`}, 'image/jpeg', 1, 1, 1, ${`o/${n}`}, ${`p/${n}`}, ${`t/${n}`}, 'report_photo')`
  await sql`insert into report_answers (id, report_id, status, author_id, what, created_at)
    values (${answer}, 1, 'sent', ${officer}, 'Đã vá', now())`
  const hang = (n: number, kind: string, reportId = 1, answerId: string | null = null) =>
    sql`insert into report_photos (report_id, file_id, kind, answer_id, added_at)
      values (${reportId}, ${id(n)}, ${kind}, ${answerId}, now())`
  const tell = async (n: number, kind: string, agencyId: string) => {
    const [event] =
      await sql`insert into events (at, event, subject_kind, report_id, actor_kind, actor_id, agency_id, details)
      values (now(), 'report.photo_added', 'report', 1, 'staff', ${officer}, ${agencyId}, ${sql.json({ fileId: id(n), kind })})
      returning id`
    return Number(event?.id)
  }
  await hang(sentIn, 'citizen')
  await hang(own, 'staff')
  await tell(own, 'staff', 'tay-ho')
  await hang(back, 'staff')
  await tell(back, 'staff', 'tay-ho')
  await tell(back, 'staff', 'ba-dinh')
  await hang(proof, 'proof', 1, answer)
  await tell(proof, 'proof', 'ba-dinh')
  await hang(moved, 'staff', 2)
  const tookOver = [await tell(moved, 'staff', 'tay-ho')]
  await sql`insert into events (at, event, subject_kind, report_id, actor_kind, actor_id, details)
    values (now(), 'report.received', 'report', 2, 'staff', ${officer}, ${sql.json({ fromReportId: 1, tookOver })})`

  await old.bring('photos_by_holder')
  await old.bring('proof_of_answers')

  const hanging = await sql`select file_id, agency_id from report_photos order by file_id`
  expect(hanging.map((row) => [row.file_id, row.agency_id])).toEqual([
    [id(sentIn), null],
    [id(own), 'tay-ho'],
    [id(back), 'ba-dinh'],
    [id(proof), 'ba-dinh'],
    [id(moved), 'tay-ho'],
  ])
  expect([...(await sql`select answer_id, file_id from answer_photos`)]).toEqual([
    { answer_id: answer, file_id: id(proof) },
  ])
})

test('what went out before is numbered in its order, exercises left out, and knows until when it holds', async ({
  old,
}) => {
  const { sql } = old
  await old.bringBefore('bulletin_appearances')
  await fill(sql)
  const content = (
    validTo: string | null,
    expires: string | null,
    areaIds: number[],
    en: { title: string } | null,
  ) => ({
    ...{ kind: 'warning', validFrom: null, validTo, areaIds, vi: {}, en },
    alert: expires === null ? null : { expires },
  })
  const [later, earlier, exercise] = [50, 51, 52]
  const noon = '2024-09-07T05:00:00.000Z'
  const evening = '2024-09-07T13:00:00.000Z'
  for (const [n, day, what] of [
    [later, '2024-09-08', content(noon, evening, [], null)],
    [earlier, '2024-09-07', content(noon, null, [4, 7], { title: 'Storm' })],
    [exercise, '2024-09-06', content(null, null, [], null)],
  ] as const) {
    const isExercise = n === exercise
    await sql`insert into bulletins (id, kind, severity, title, is_exercise, author_id, last_editor_id, created_at, updated_at)
      values (${id(n)}, 'warning', 'info', 'Bão', ${isExercise}, ${editor}, ${editor}, ${day}, ${day})`
    await sql`insert into bulletin_revisions (id, bulletin_id, number, editor_id, content, words, sealed, created_at, saved_at)
      values (${id(n + 10)}, ${id(n)}, 1, ${editor}, ${sql.json(what)}, 1, true, ${day}, ${day})`
    await sql`update bulletins set state = 'published', current_revision_id = ${id(n + 10)}, published_revision_id = ${id(n + 10)},
      first_published_at = ${day}, published_at = ${day}, changed_at = ${day}, slug = ${isExercise ? null : `bao-${n}`},
      needs_look_back = true, unreviewed_reason = 'Gấp', unreviewed_by_id = ${officer} where id = ${id(n)}`
    await sql`insert into bulletin_publications (revision_id, bulletin_id, kind, is_exercise, published_at, published_by_id)
      values (${id(n + 10)}, ${id(n)}, 'first', ${isExercise}, ${day}, ${editor})`
  }
  await old.bring('bulletin_appearances')
  const rows =
    await sql`select position, bulletin_id, kind, area_ids, in_english from bulletin_appearances order by position`
  expect([...rows]).toEqual([
    { position: 1, bulletin_id: id(earlier), kind: 'warning', area_ids: [4, 7], in_english: true },
    { position: 2, bulletin_id: id(later), kind: 'warning', area_ids: [], in_english: false },
  ])
  const ends = await sql<{ until: Date | null }[]>`select public_until as until from bulletins order by id`
  expect(ends.map(({ until }) => until?.toISOString() ?? null)).toEqual([evening, noon, null])
})

test('what carries an alert is in force from its publication until the alert lapses, to the second', async ({
  old,
}) => {
  const { sql } = old
  await old.bringBefore('page_follows_alert')
  await fill(sql)
  const [begin, noon] = ['2024-09-07T01:00:00.000Z', '2024-09-07T05:00:00.000Z']
  const contents = [
    { validFrom: begin, validTo: noon, alert: null },
    { validFrom: begin, validTo: noon, alert: { expires: '2024-09-07T03:00:00.532Z' } },
    { validFrom: null, validTo: noon, alert: { expires: '2024-09-07T07:00:00.000Z' } },
    { validFrom: begin, validTo: null, alert: { expires: noon } },
    { validFrom: null, validTo: null },
  ]
  for (const [n, content] of contents.entries()) {
    await sql`insert into bulletins (id, kind, severity, title, author_id, last_editor_id, created_at, updated_at)
      values (${id(50 + n)}, 'warning', 'info', 'Bão', ${editor}, ${editor}, ${begin}, ${begin})`
    await sql`insert into bulletin_revisions (id, bulletin_id, number, editor_id, content, words, sealed, created_at, saved_at)
      values (${id(60 + n)}, ${id(50 + n)}, 1, ${editor}, ${sql.json(content)}, 1, true, ${begin}, ${begin})`
    await sql`update bulletins set state = 'published', current_revision_id = ${id(60 + n)}, published_revision_id = ${id(60 + n)},
      first_published_at = ${begin}, published_at = ${begin}, slug = ${`bao-${n}`}, needs_look_back = true,
      unreviewed_reason = 'Gấp', unreviewed_by_id = ${officer},
      public_from = ${content.validFrom}, public_until = greatest(${content.validTo}::timestamptz, ${content.alert?.expires ?? null}::timestamptz)
      where id = ${id(50 + n)}`
  }
  await old.bring('page_follows_alert')
  const rows = await sql<{ from: Date | null; until: Date | null }[]>`
    select public_from as from, public_until as until from bulletins order by id`
  expect(rows.map(({ from, until }) => [from?.toISOString() ?? null, until?.toISOString() ?? null])).toEqual([
    [begin, noon],
    [null, '2024-09-07T03:00:00.000Z'],
    [null, '2024-09-07T07:00:00.000Z'],
    [null, noon],
    [null, null],
  ])
})

test('an alert follows all that it takes the place of, where it had followed only the last; what was sent stays', async ({
  old,
}) => {
  const { sql } = old
  await old.bringBefore('alert_chains')
  await fill(sql)
  const sent: [name: string, messageType: string, follows: string[]][] = [
    ['first', 'Alert', []],
    ['alone', 'Alert', []],
    ['second', 'Update', ['first']],
    ['third', 'Update', ['second']],
    ['third-corrected', 'Update', ['third']],
    ['end', 'Cancel', ['third', 'third-corrected']],
    ['end-of-it', 'Cancel', ['alone']],
  ]
  for (const [n, [name, messageType, follows]] of sent.entries()) {
    await sql`insert into bulletins (id, kind, severity, title, author_id, last_editor_id, created_at, updated_at)
      values (${id(50 + n)}, 'warning', 'info', 'Bão', ${editor}, ${editor}, now(), now())`
    await sql`insert into bulletin_revisions (id, bulletin_id, number, editor_id, content, words, created_at, saved_at)
      values (${id(60 + n)}, ${id(50 + n)}, 1, ${editor}, '{}', 1, now(), now())`
    const message = { references: follows.join(' ') }
    await sql`insert into bulletin_alerts (id, bulletin_id, revision_id, message_type, status, sent_at, expires_at, follows, headline, message)
      values (${name}, ${id(50 + n)}, ${id(60 + n)}, ${messageType}, 'Actual', ${`2024-09-07T0${n}:00:00Z`}, now(), ${sql.json(follows)}, 'Bão', ${sql.json(message)})`
  }
  await old.bring('alert_chains')
  const rows = await sql`select id, message_type, follows from bulletin_alerts order by sent_at`
  expect(rows.map((row) => [row.id, row.message_type, row.follows])).toEqual([
    ['first', 'Alert', []],
    ['alone', 'Alert', []],
    ['second', 'Update', ['first']],
    ['third', 'Update', ['first', 'second']],
    ['third-corrected', 'Update', ['first', 'second', 'third']],
    ['end', 'Cancel', ['first', 'second', 'third', 'third-corrected']],
    ['end-of-it', 'Cancel', ['alone']],
  ])
  const messages = await sql`select message ->> 'references' as said from bulletin_alerts order by sent_at`
  expect(messages.map((row) => row.said)).toEqual(sent.map(([, , follows]) => follows.join(' ')))
  await expect(sql`update bulletin_alerts set headline = ''`).rejects.toThrow('append-only')
})

test('reports of before are known to whoever saw them; what can be undone is marked for when its time has passed', async ({
  old,
}) => {
  const { sql } = old
  await old.bringBefore('held_decisions')
  await fill(sql)
  const told = (event: string, details = {}) =>
    sql`insert into events (at, event, subject_kind, report_id, actor_kind, actor_id, details)
      values (now(), ${event}, 'report', 1, 'staff', ${officer}, ${sql.json(details)})`
  await told('report.returned')
  await old.bring('held_decisions')
  expect(await sql`select known_to, released_at, decided_by_id from reports`).toMatchObject([
    { known_to: null, released_at: null, decided_by_id: null },
  ])
  await told('report.reopened', { kept: { until: '2026-03-02T03:00:15.000Z' } })
  await told('report.rated')
  await told('report.taken_back', { undoes: 3 })
  await told('report.accepted', { kept: { until: '2026-03-02T03:00:15.000Z' } })
  const marks =
    await sql`select event, retry_at from notification_marks join events on events.id = event_id order by event_id`
  expect(marks.map(({ event, retry_at }) => [event, retry_at?.toISOString() ?? null])).toEqual([
    ['report.returned', null],
    ['report.reopened', '2026-03-02T03:00:15.000Z'],
    ['report.rated', null],
    ['report.taken_back', null],
  ])
})

test('numbers stored before are found by their digits in every form that is accepted now', async ({ old }) => {
  const { sql } = old
  await old.bringBefore('phone_forms')
  await fill(sql)
  await sql`insert into reports (id, code, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, source_key)
    select n, 'HN-' || n, 'awaiting_intake', 'normal', 'web', '0101', 'Ổ gà', 'Ổ gà', now(), now(), 'citizen', 'web', n::text from generate_series(2, 8) n`
  const stored = ['0912 345 678', '+84 912.345.678', '84912345678', '+84 (0)912 345 678', '0912345678 (anh Bình)']
  const others = ['0912 345 679', '+84 0912 345 678', 'không có']
  for (const [index, phone] of [...stored, ...others].entries())
    await sql`insert into reporters (report_id, phone) values (${index + 1}, ${phone})`
  const found = async () => {
    await sql`set enable_seqscan = off`
    return (
      await sql`select phone from reporters where phone_digits(phone) = '0912345678' and phone is not null
      order by report_id`
    ).map(({ phone }) => phone)
  }
  expect(await found()).toEqual(stored.slice(0, 2))
  await old.bring('phone_forms')
  expect(await found()).toEqual(stored)
  expect(await sql`select phone_digits('không có') as digits`).toEqual([{ digits: null }])
})

test('a day counted before keeps its count, also where the limit of the client is lower since', async ({ old }) => {
  const { sql } = old
  await old.bringBefore('api_client_days_most')
  await fill(sql)
  for (const [n, most, sent] of [
    [1, 10, 4],
    [2, 3, 5],
  ] as const) {
    await sql`insert into api_clients (id, name, agency_id, channel, permissions, requests_per_minute, reports_per_day, created_at)
      values (${id(n)}, ${`client-${n}`}, 'city', 'app', '{}', 60, ${most}, now())`
    await sql`insert into api_client_days (client_id, day, reports) values (${id(n)}, '2026-03-02', ${sent})`
  }
  await old.bring('api_client_days_most')
  expect(await sql`select reports, most from api_client_days order by client_id`).toEqual([
    { reports: 4, most: 10 },
    { reports: 5, most: 5 },
  ])
})

test('copies that are public stay so, without photos, and are sent back as before', async ({ old }) => {
  await old.bringBefore('public_photos')
  await fill(old.sql)
  await old.sql`insert into files (id, sha256, mime, bytes, width, height, original_key, public_key, thumb_key, purpose)
    values (${id(1)}, 'sha', 'image/jpeg', 1, 1, 1, 'o', 'p', 't', 'report_photo')`
  await old.sql`insert into report_photos (report_id, file_id, kind, added_at) values (1, ${id(1)}, 'citizen', now())`
  await old.sql`insert into publication_copies (report_id, received_at, state, title, body, address, reviewer_id, reviewed_at, published_at)
    values (1, now(), 'published', 'Ổ gà', 'Ổ gà', '', ${officer}, now(), now())`
  await old.bring('public_photos')
  const copy = async () => (await old.sql`select state, cause, title, leaves_at from publication_copies`)[0]
  expect(await copy()).toEqual({ state: 'published', cause: null, title: 'Ổ gà', leaves_at: null })
  expect(await old.sql`select from publication_photos`).toHaveLength(0)
  await old.sql`update reports set body = 'Ổ gà sâu'`
  expect(await copy()).toEqual({ state: 'draft', cause: 'text_changed', title: null, leaves_at: null })
})

test('events of before have no time of recording, new ones that of the database, however old they are', async ({
  old,
}) => {
  const { sql } = old
  const told = (at: string) =>
    sql`insert into events (at, event, subject_kind, subject_id, actor_kind) values (${at}, 'import.finished', 'import', 'x', 'robot')`
  await old.bringBefore('recorded_at')
  await told('2026-03-01T08:00:00Z')
  await old.bring('recorded_at')
  const [before] = await sql`select now() as now`
  await told('2026-03-02T08:00:00Z')
  const rows = await sql`select recorded_at from events order by id`
  expect(rows[0]?.recorded_at).toBeNull()
  expect(rows[1]?.recorded_at >= before?.now).toBe(true)
})

test('figures of before are valid for ever, know the time of each step, and are written again where that is not all', async ({
  old,
}) => {
  const { sql } = old
  await old.bringBefore('figure_versions')
  await fill(sql)
  const state = 'awaiting_acceptance'
  await sql`insert into reports (id, code, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, source_key)
    values (2, 'HN-2', 'awaiting_intake', 'normal', 'web', '0101', 'Ổ gà', 'Ổ gà', now(), now(), 'citizen', 'web', '2')`
  const told = (report: number, at: string, event: string, from: string | null, to: string) =>
    sql`insert into events (at, event, subject_kind, report_id, actor_kind, from_state, to_state)
      values (${at}, ${event}, 'report', ${report}, 'robot', ${from}, ${to})`
  for (const report of [1, 2]) {
    await told(report, '2026-03-02T01:00Z', 'report.received', null, 'awaiting_intake')
    await told(report, '2026-03-02T02:00Z', 'report.assigned', 'awaiting_intake', state)
    await told(report, '2026-03-02T02:30Z', 'report.tags_changed', state, state)
  }
  await told(2, '2026-03-02T03:00Z', 'report.transferred', state, state)
  await told(1, '2026-03-04T01:00Z', 'report.accepted', state, 'in_progress')
  await sql`insert into report_facts (report_id, received_at, received_hour, agency_id, category_code, channel, severity,
      standing, standing_at, assigned_at, closes, agency_changes, forwarded, ping_pong, path)
    select id, '2026-03-02T01:00Z', 492770, 'city', '0101', 'web', 'normal', 0, '2026-03-04T01:00Z', '2026-03-02T02:00Z',
      0, 0, false, false, 'abc' from reports`
  await sql`delete from stale_facts`
  const settled = () => sql`select settled_at from report_facts order by report_id`
  const before = await settled()
  await old.bring('figure_versions')
  expect(await settled()).toEqual(before)
  const [plain] =
    await sql`select valid_from::text, valid_to::text, to_json(path_at) as steps from report_facts where report_id = 1`
  expect(plain).toMatchObject({ valid_from: '-infinity', valid_to: 'infinity' })
  expect(plain?.steps.map((step: string) => new Date(step).toISOString().slice(0, 16))).toEqual([
    '2026-03-02T01:00',
    '2026-03-02T02:00',
    '2026-03-04T01:00',
  ])
  expect(await sql`select report_id from stale_facts`).toMatchObject([{ report_id: 2 }])
})

test('reports of before mature as the limits of their first category and the calendar of the city say', async ({
  old,
}) => {
  const { sql } = old
  await old.bringBefore('report_matures_at')
  await fill(sql)
  const [morning, shift]: [Interval, Interval] = [
    [480, 720],
    [780, 1020],
  ]
  const versions = [
    { validFrom: '2024-01-01', validTo: '2026-03-31', weekly: officeWeek(morning, shift) },
    { validFrom: '2026-04-01', validTo: null, weekly: { ...officeWeek([420, 690], [780, 1020]), 6: [[480, 720]] } },
  ] satisfies CalendarVersion[]
  const days = [
    { of: null, date: '2026-03-09', kind: 'closed', intervals: null },
    { of: null, date: '2026-03-14', kind: 'working', intervals: null },
    { of: null, date: '2026-03-18', kind: 'closed', intervals: [[480, 600]] },
    { of: null, date: '2026-04-04', kind: 'working', intervals: [[600, 900]] },
    // The city's own day takes the place of the common one.
    { of: null, date: '2026-03-25', kind: 'closed', intervals: null },
    { of: 'default', date: '2026-03-25', kind: 'working', intervals: [[0, 1440]] },
  ] satisfies (CalendarDay & { of: string | null })[]
  for (const { validFrom, validTo, weekly } of versions)
    await sql`insert into calendar_versions (calendar_id, valid_from, valid_to, weekly) values ('default', ${validFrom}, ${validTo}, ${sql.json(weekly)})`
  for (const { of, date, kind, intervals } of days)
    await sql`insert into calendar_days (calendar_id, date, kind, intervals, name, name_en, status)
      values (${of}, ${date}, ${kind}, ${intervals && sql.json(intervals)}, 'Ngày', 'Day', 'confirmed')`
  await sql`insert into calendar_days (date, kind, name, name_en, status) values ('2026-03-11', 'closed', 'Ngày', 'Day', 'proposed')`
  await sql`insert into categories (code, name, name_en, intake_minutes, normal_minutes, default_severity, complex_minutes)
    values ('0102', 'Hố', 'Hole', 120, 600, 'complex', null), ('0103', 'Cây', 'Tree', 60, 600, 'urgent', 900)`
  await sql`delete from reports`
  await sql`insert into reports (id, code, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, source_key)
    select n, 'HN-' || n, 'awaiting_intake', 'normal', 'web', '010' || (1 + n % 3), 'Ổ gà', 'Ổ gà',
      timestamptz '2026-02-26 00:00+07' + n * interval '3 hours 37 minutes', now(), 'citizen', 'web', n::text
    from generate_series(1, 300) n`
  const told = (report: number, details: object) =>
    sql`insert into events (at, event, subject_kind, report_id, actor_kind, details)
      values (now(), 'report.category_changed', 'report', ${report}, 'robot', ${sql.json(details as never)})`
  // First recorded as 0102, whatever it has been since.
  await told(3, { category: ['0102', '0103'] })
  await told(3, { category: ['0103', '0101'] })
  await old.bring('report_matures_at')
  const calendar = {
    id: 'default',
    zone: 'Asia/Ho_Chi_Minh',
    versions,
    days: daysOf(
      'default',
      days.map(({ of, ...day }) => ({ ...day, calendarId: of })),
    ),
  }
  const time = compileCalendar(calendar, new Date('2026-02-01'), new Date('2026-06-01'))
  const limits = { normalMinutes: 600, urgentMinutes: 240, complexMinutes: null }
  const categories = [
    { ...limits, normalMinutes: 2400, intakeMinutes: 480, defaultSeverity: 'normal' },
    { ...limits, intakeMinutes: 120, defaultSeverity: 'complex' },
    { ...limits, intakeMinutes: 60, defaultSeverity: 'urgent' },
  ] as const
  const rows = await sql<{ id: number; receivedAt: Date; maturesAt: Date }[]>`
    select id::int, received_at as "receivedAt", matures_at as "maturesAt" from reports order by id`
  expect(rows).toHaveLength(300)
  for (const { id: n, receivedAt, maturesAt: filled } of rows) {
    const category = categories[n === 3 ? 1 : n % 3]
    expect([n, filled]).toEqual([n, category && maturesAt(receivedAt, category, time)])
  }
  await expect(sql`update reports set matures_at = now() where id = 1`).rejects.toThrow('refused')
  await sql`update reports set matures_at = matures_at, title = 'Hố' where id = 1`
})

test('figures of before know when the log learned of a report, where it was received earlier', async ({ old }) => {
  const { sql } = old
  await old.bringBefore('report_known_at')
  await fill(sql)
  await sql`update reports set received_at = '2026-03-02T01:00Z'`
  await sql`insert into reports (id, code, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, source_key)
    select n, 'HN-' || n, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, n::text
    from reports, unnest(array[2, 3]) n`
  for (const [report, at, recordedAt] of [
    [1, '2026-03-02T01:00Z', '2026-03-02T01:00:00.2Z'],
    [2, '2026-03-05T01:00Z', null],
    [3, '2026-03-02T01:00Z', '2026-03-06T01:00Z'],
  ] as const)
    await sql`insert into events (at, recorded_at, event, subject_kind, report_id, actor_kind, to_state)
      values (${at}, ${recordedAt}, 'report.received', 'report', ${report}, 'robot', 'awaiting_intake')`
  await sql`insert into report_facts (report_id, received_at, received_hour, category_code, channel, severity,
      standing, standing_at, closes, agency_changes, forwarded, ping_pong, path, path_at)
    select id, received_at, 492770, '0101', 'web', 'normal', 0, received_at, 0, 0, false, false, 'a', array[received_at] from reports`
  await old.bring('report_known_at')
  expect(await sql`select known_at from report_facts order by report_id`).toEqual([
    { known_at: null },
    { known_at: new Date('2026-03-05T01:00Z') },
    { known_at: new Date('2026-03-06T01:00Z') },
  ])
})

test('answers of before state no outcome; a rejection and a notice have none', async ({ old }) => {
  const { sql } = old
  await old.bringBefore('answer_outcomes')
  await fill(sql)
  for (const kind of ['answer', 'rejection'])
    await sql`insert into report_answers (report_id, kind, status, author_id, what, created_at)
      values (1, ${kind}, 'sent', ${officer}, 'Đã vá', now())`
  await sql`insert into scheduled_answers (report_id, move, account_id, words, scheduled_at, send_at)
    values (1, 'answer', ${officer}, '{"what": "Đã vá"}', now(), now())`
  await old.bring('answer_outcomes')
  expect(await sql`select kind, outcome from report_answers order by kind`).toEqual([
    { kind: 'answer', outcome: 'not_stated' },
    { kind: 'rejection', outcome: null },
  ])
  expect(await sql`select words from scheduled_answers`).toEqual([
    { words: { what: 'Đã vá', outcome: 'not_stated', plannedFor: null, referredTo: '' } },
  ])
  const forgotten = sql`insert into report_answers (report_id, status, author_id, what, created_at)
    values (1, 'sent', ${officer}, 'Đã vá', now())`
  await expect(forgotten).rejects.toMatchObject({ constraint_name: 'report_answers_outcome' })
})

test('a report knows until when its latest answer commits its agency, also where it was given before', async ({
  old,
}) => {
  const { sql } = old
  await old.bringBefore('report_matures_at')
  await fill(sql)
  await old.bring('report_matures_at')
  await sql`insert into reports (id, code, state, severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, source_key, matures_at)
    select n, 'HN-' || n, 'answered', severity, channel, category_code, title, body, received_at, last_activity_at, last_activity_by, source, n::text, matures_at
    from reports, unnest(array[2, 3, 4]) n`
  const answers: [number, string, string | null, string, string][] = [
    [2, 'planned', '2026-12-20', 'sent', '2026-11-28T01:00Z'],
    [3, 'planned', '2026-12-20', 'sent', '2026-11-28T01:00Z'],
    [3, 'fixed', null, 'sent', '2026-11-28T05:00Z'],
    [4, 'fixed', null, 'sent', '2026-11-28T01:00Z'],
    [4, 'planned', '2026-12-20', 'withdrawn', '2026-11-28T05:00Z'],
  ]
  for (const [report, outcome, day, status, at] of answers)
    await sql`insert into report_answers (report_id, status, author_id, what, outcome, planned_for, created_at)
      values (${report}, ${status}, ${officer}, 'Đã vá', ${outcome}, ${day}, ${at})`
  for (const tag of ['follow_ups_and_commitments', 'commitments_of_before']) await old.bring(tag)
  expect(await sql`select id::int, commitment_due_at from reports where commitment_due_at is not null`).toEqual([
    { id: 2, commitment_due_at: new Date('2026-12-20T16:59:59.999Z') },
  ])
})

test('notifications of before are each about a report, and one about a risk is about no report', async ({ old }) => {
  const { sql } = old
  await old.bringBefore('report_matures_at')
  await fill(sql)
  for (const tag of ['report_matures_at', 'follow_ups_and_commitments', 'commitments_of_before']) await old.bring(tag)
  await sql`insert into notifications (account_id, kind, report_id, event_id, shown_at)
    values (${officer}, 'overdue', 1, 1, now())`
  for (const tag of ['risk_actions', 'explanations']) await old.bring(tag)
  expect(await sql`select kind, report_id::int, risk_action_id from notifications`).toEqual([
    { kind: 'overdue', report_id: 1, risk_action_id: null },
  ])
  const wrong = sql`insert into notifications (account_id, kind, report_id, event_id, shown_at)
    values (${officer}, 'reminded', 1, 2, now())`
  await expect(wrong).rejects.toMatchObject({ constraint_name: 'notifications_about' })
})
