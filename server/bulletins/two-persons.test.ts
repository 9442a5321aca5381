import { eq, sql } from 'drizzle-orm'
import { describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { actingAt } from '#db/factories/team.ts'
import { accountRoles, bulletins } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { correctBulletin, discardCorrection, restoreRevision } from './commands/correct-bulletin.ts'
import { createBulletin } from './commands/create-bulletin.ts'
import { lookBack, publishUnreviewed } from './commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { listBulletins } from './queries/list.ts'
import { listBulletinsInput } from './rules/schemas.ts'

/** The result of plain SQL on the table: the name of the constraint that refused, or `done`. */
async function tried(db: Database, statement: ReturnType<typeof sql>): Promise<string> {
  try {
    await db.execute(statement)
    return 'done'
  } catch (error) {
    return (error as { cause?: { constraint_name?: string } }).cause?.constraint_name ?? String(error)
  }
}

const approving = (id: string, by: string) => sql`
  update bulletins set state = 'approved', approved_by_id = ${by}, approved_revision_id = current_revision_id, approved_at = now()
  where id = ${id}`

const filing = { incidentId: null, supersedesId: null, isExercise: false }
const plain = { auto: false, typo: false }

describe('by the procedure', () => {
  test('neither who began a bulletin nor who changed it last may approve it', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const both = await buildActor(db, ['editor', 'chief_editor'])
    const content = contentOf()
    const made = await createBulletin(actingAt(db, both, '08:00'), {
      content,
      incidentId: null,
      supersedesId: null,
      isExercise: false,
    })
    const saved = await saveBulletin(actingAt(db, editor, '08:10'), {
      ...made,
      content: contentOf('Cấm cầu Chương Dương vì gió mạnh'),
      auto: false,
      typo: false,
    })
    const asked = await submitBulletin(actingAt(db, editor, '08:11'), { ...saved, note: '' })
    const input = { id: asked.id, version: asked.version, acknowledged: [] }
    await expect(approveBulletin(actingAt(db, both, '08:12'), input)).rejects.toThrow('own_bulletin')
    await expect(approveBulletin(actingAt(db, editor, '08:12'), input)).rejects.toThrow('forbidden')
    const approved = await approveBulletin(actingAt(db, chief, '08:12'), input)
    expect(approved.state).toBe('approved')
  })

  test('an account that wrote any of it since the last approval is no second person, however long ago and whatever came after', async ({
    db,
  }) => {
    const { editor, chief, urgent } = await buildNewsroom(db)
    const content = contentOf('Cấm cầu Long Biên')
    const made = await createBulletin(actingAt(db, editor, '08:00'), { ...filing, content })
    // The chief rewrites everything, the editor changes the telephone number.
    const anew = contentOf('Cấm cầu Chương Dương', { vi: textOf('Cấm cầu Chương Dương', 'Đi vòng qua cầu Vĩnh Tuy.') })
    const rewritten = await saveBulletin(actingAt(db, chief, '08:10'), { ...made, ...plain, content: anew })
    const touched = { ...anew, contact: '113' }
    const saved = await saveBulletin(actingAt(db, editor, '08:20'), { ...rewritten, ...plain, content: touched })
    const asked = await submitBulletin(actingAt(db, editor, '08:21'), { ...saved, note: '' })
    const [view] = (await listBulletins(actingAt(db, chief, '08:22'), listBulletinsInput.parse({}))).bulletins
    expect(view?.moves).toContainEqual(expect.objectContaining({ move: 'approve', refusalReason: 'own_bulletin' }))
    const input = { ...asked, acknowledged: [] }
    await expect(approveBulletin(actingAt(db, chief, '08:22'), input)).rejects.toThrow('own_bulletin')
    expect(await tried(db, approving(made.id, chief.id))).toBe('bulletins_two_persons')
    const approved = await approveBulletin(actingAt(db, urgent, '08:23'), input)

    // What the chief wrote has now been reviewed by another: for the editor's later change the chief is the second
    // person.
    const later = { ...touched, contact: '114' }
    const again = await saveBulletin(actingAt(db, editor, '08:30'), { ...approved, ...plain, content: later })
    expect(again.state).toBe('in_review')
    const done = await approveBulletin(actingAt(db, chief, '08:31'), { ...again, acknowledged: [] })
    expect(done.state).toBe('approved')
    const third = await saveBulletin(actingAt(db, urgent, '08:40'), {
      ...done,
      ...plain,
      content: { ...later, contact: '115' },
    })
    const fourth = await saveBulletin(actingAt(db, editor, '08:41'), {
      ...third,
      ...plain,
      content: { ...later, contact: '116' },
    })
    await expect(approveBulletin(actingAt(db, urgent, '08:42'), { ...fourth, acknowledged: [] })).rejects.toThrow(
      'own_bulletin',
    )
  })

  test('writing for another binds both, and restoring what was approved counts as having written nothing', async ({
    db,
  }) => {
    const { editor, chief, urgent } = await buildNewsroom(db)
    const { id } = await buildBulletin(db, { state: 'approved', authorId: editor.id, approvedById: urgent.id })
    const { id: standIn } = await buildActor(db, 'editor')
    const substituteFor = { id: chief.id, name: chief.name ?? '' }
    const substitute = { ...editor, id: standIn, grants: editor.grants.map((grant) => ({ ...grant, substituteFor })) }
    const first = { id, version: 1, ...plain, content: contentOf('Bản của người làm thay') }
    const saved = await saveBulletin(actingAt(db, substitute, '09:00'), first)
    const touched = await saveBulletin(actingAt(db, editor, '09:10'), {
      ...saved,
      ...plain,
      content: contentOf('Bản của biên tập viên'),
    })
    const input = { ...touched, acknowledged: [] }
    await expect(approveBulletin(actingAt(db, chief, '09:11'), input)).rejects.toThrow('own_bulletin')
    await db.execute(sql`update bulletin_revisions set sealed = true where id = ${touched.revisionId}`)
    expect(await tried(db, approving(id, chief.id))).toBe('bulletins_two_persons')
    expect(await tried(db, approving(id, standIn))).toBe('bulletins_two_persons')

    const other = await buildBulletin(db, { state: 'approved', authorId: editor.id, approvedById: urgent.id })
    const change = { id: other.id, version: 1, ...plain }
    const away = await saveBulletin(actingAt(db, editor, '09:00'), { ...change, content: contentOf('Khác') })
    const back = await saveBulletin(actingAt(db, chief, '09:01'), { ...away, ...plain, content: contentOf() })
    const changed = contentOf('Khác nữa')
    const last = await saveBulletin(actingAt(db, editor, '09:02'), { ...back, ...plain, content: changed })
    const done = await approveBulletin(actingAt(db, chief, '09:03'), { ...last, acknowledged: [] })
    expect(done.state).toBe('approved')
  })

  test('who wrote only a correction that was discarded may approve the next one, unless that takes it up again', async ({
    db,
  }) => {
    const { editor, chief, urgent } = await buildNewsroom(db)
    const english = contentOf().en
    const englishOf = (more: string) => english && { ...english, title: `Long Bien Bridge closed, text ${more}` }
    const correction = { kind: 'substantive', note: 'Sửa', noteEn: 'Corrected', reason: '' } as const
    const discarded = async () => {
      const { id, version } = await buildBulletin(db, {
        state: 'published',
        authorId: editor.id,
        approvedById: urgent.id,
      })
      const begun = await correctBulletin(actingAt(db, chief, '09:00'), { id, version, ...correction })
      const content = contentOf('Bản của trưởng ban', { en: englishOf('of the chief') })
      const written = await saveBulletin(actingAt(db, chief, '09:01'), { ...begun, ...plain, content })
      const back = await discardCorrection(actingAt(db, chief, '09:02'), written)
      const again = await correctBulletin(actingAt(db, editor, '09:10'), { ...back, ...correction })
      return { again, written }
    }
    const { again } = await discarded()
    const anew = await saveBulletin(actingAt(db, editor, '09:11'), {
      ...again,
      ...plain,
      content: contentOf('Bản của biên tập viên', { en: englishOf('of the editor') }),
    })
    const asked = await submitBulletin(actingAt(db, editor, '09:12'), { ...anew, note: '' })
    const approved = await approveBulletin(actingAt(db, chief, '09:13'), { ...asked, acknowledged: [] })
    expect(approved.state).toBe('approved')

    const other = await discarded()
    const revisionId = other.written.revisionId ?? ''
    const restored = await restoreRevision(actingAt(db, editor, '09:11'), { ...other.again, revisionId })
    const touched = await saveBulletin(actingAt(db, editor, '09:12'), {
      ...restored,
      ...plain,
      content: contentOf('Bản của trưởng ban, thêm một câu', { en: englishOf('of the chief, and more') }),
    })
    const last = await submitBulletin(actingAt(db, editor, '09:13'), { ...touched, note: '' })
    const input = { ...last, acknowledged: [] }
    await expect(approveBulletin(actingAt(db, chief, '09:14'), input)).rejects.toThrow('own_bulletin')
    expect(await tried(db, approving(last.id, chief.id))).toBe('bulletins_two_persons')
  })

  test('a role granted in between makes no second person', async ({ db }) => {
    const { id: accountId, agencyId } = await buildAccount(db, { roles: ['editor'] })
    const city = await buildActor(db, 'editor')
    const bulletin = await buildBulletin(db, { state: 'in_review', authorId: accountId, lastEditorId: city.id })
    const [root] = city.grants
    await db.insert(accountRoles).values({ accountId, role: 'chief_editor', agencyId: root?.agencyId ?? agencyId })
    await db.insert(accountRoles).values({ accountId, role: 'admin', agencyId: root?.agencyId ?? agencyId })
    const actor = await actorOf(db, accountId, hanoi('2026-03-02 09:00'))
    if (!actor) throw new Error('nobody')
    const input = { id: bulletin.id, version: bulletin.version, acknowledged: [] }
    await expect(approveBulletin(actingAt(db, actor, '09:00'), input)).rejects.toThrow('own_bulletin')
    expect(await tried(db, approving(bulletin.id, accountId))).toBe('bulletins_two_persons')
  })

  test('only an exercise may be approved by its writer', async ({ db }) => {
    const both = await buildActor(db, ['editor', 'chief_editor'])
    const bulletin = await buildBulletin(db, { state: 'in_review', authorId: both.id, isExercise: true })
    const input = { id: bulletin.id, version: bulletin.version, acknowledged: [] }
    expect((await approveBulletin(actingAt(db, both, '09:00'), input)).state).toBe('approved')
    expect(await tried(db, sql`update bulletins set is_exercise = false where id = ${bulletin.id}`)).toBe(
      'bulletins_origin',
    )
  })

  test('what was published without review is looked back on by someone else', async ({ db }) => {
    const { editor, chief, urgent } = await buildNewsroom(db)
    const bulletin = await buildBulletin(db, { authorId: editor.id })
    const input = { id: bulletin.id, version: bulletin.version, acknowledged: [] }
    await expect(publishUnreviewed(actingAt(db, chief, '09:00'), { ...input, reason: 'Khẩn' })).rejects.toThrow(
      'forbidden',
    )
    const out = await publishUnreviewed(actingAt(db, urgent, '09:00'), { ...input, reason: 'Nước lên nhanh' })
    const again = { id: out.id, version: out.version, remarks: '' }
    await expect(lookBack(actingAt(db, urgent, '09:05'), again)).rejects.toThrow('own_bulletin')
    expect(await tried(db, sql`update bulletins set needs_look_back = false where id = ${out.id}`)).toBe(
      'bulletins_looked_back',
    )
    expect(
      await tried(
        db,
        sql`update bulletins set needs_look_back = false, looked_back_by_id = unreviewed_by_id where id = ${out.id}`,
      ),
    ).toBe('bulletins_looked_back')
    await lookBack(actingAt(db, chief, '09:10'), again)
    const [row] = await db.select().from(bulletins).where(eq(bulletins.id, out.id))
    expect(row).toMatchObject({ needsLookBack: false, lookedBackById: chief.id, state: 'published' })
  })
})

describe('by plain SQL', () => {
  test('the author and the last editor cannot be set as approvers, nor be removed as author or editor', async ({
    db,
  }) => {
    const { editor, chief } = await buildNewsroom(db)
    const { id } = await buildBulletin(db, { state: 'in_review', authorId: chief.id, lastEditorId: editor.id })
    expect(await tried(db, approving(id, chief.id))).toBe('bulletins_two_persons')
    expect(await tried(db, approving(id, editor.id))).toBe('bulletins_two_persons')
    expect(await tried(db, sql`update bulletins set author_id = ${editor.id} where id = ${id}`)).toBe(
      'bulletins_origin',
    )
    expect(await tried(db, sql`update bulletins set last_editor_id = ${chief.id} where id = ${id}`)).toBe(
      'bulletins_last_editor',
    )
    expect(await tried(db, sql`update bulletin_revisions set editor_id = ${chief.id} where bulletin_id = ${id}`)).toBe(
      'bulletin_revisions_kept',
    )
    expect(await tried(db, sql`delete from bulletin_revisions where bulletin_id = ${id}`)).toBe(
      'bulletin_revisions_kept',
    )
    expect(
      await tried(
        db,
        sql`update bulletins set state = 'approved', approved_revision_id = current_revision_id where id = ${id}`,
      ),
    ).toBe('bulletins_approved')
    const { id: third } = await buildActor(db, 'chief_editor')
    expect(await tried(db, approving(id, third))).toBe('done')
  })

  test('the writers since the last approval are kept by the table: no one can remove themselves', async ({ db }) => {
    const { editor, chief } = await buildNewsroom(db)
    const { id } = await buildBulletin(db, { state: 'in_review', authorId: editor.id, lastEditorId: chief.id })
    await db.execute(sql`insert into bulletin_revisions
      (bulletin_id, number, editor_id, content, words, sealed, created_at, saved_at)
      select bulletin_id, 2, ${editor.id}, jsonb_set(content, '{contact}', '"113"'), words, true, now(), now()
      from bulletin_revisions where bulletin_id = ${id}`)
    await db.execute(sql`update bulletins set last_editor_id = ${editor.id},
      current_revision_id = (select id from bulletin_revisions where bulletin_id = ${id} and number = 2) where id = ${id}`)
    const who = async () =>
      (await db.select({ writerIds: bulletins.writerIds }).from(bulletins).where(eq(bulletins.id, id)))[0]?.writerIds
    expect(await who()).toEqual([editor.id, chief.id].sort())
    await db.execute(
      sql`update bulletins set writer_ids = '{}', reviewed_revision_id = current_revision_id where id = ${id}`,
    )
    expect(await who()).toEqual([editor.id, chief.id].sort())
    expect(await tried(db, approving(id, chief.id))).toBe('bulletins_two_persons')
    const { id: third } = await buildActor(db, 'chief_editor')
    expect(await tried(db, approving(id, third))).toBe('done')
    expect(await who()).toEqual([])
    const slipIn = sql`update bulletins set approved_by_id = ${chief.id} where id = ${id}`
    expect(await tried(db, slipIn)).toBe('bulletins_two_persons')
    // Nor can anything but a typo be inserted under the existing approval.
    await db.execute(sql`insert into bulletin_revisions
      (bulletin_id, number, editor_id, content, words, sealed, created_at, saved_at, typo_of_id)
      select bulletin_id, 3, editor_id, jsonb_set(content, '{vi,title}', '"Khác"'), words, true, now(), now(), id
      from bulletin_revisions where bulletin_id = ${id} and number = 2`)
    const newest = sql`(select id from bulletin_revisions where bulletin_id = ${id} and number = 3)`
    const under = sql`update bulletins set current_revision_id = ${newest}, approved_revision_id = ${newest} where id = ${id}`
    expect(await tried(db, under)).toBe('bulletins_reviewed')
  })

  test('nothing is published that no one approved, and what is approved does not change', async ({ db }) => {
    const draft = await buildBulletin(db, { state: 'in_review' })
    const publish = sql`update bulletins set state = 'published', published_revision_id = current_revision_id,
      first_published_at = now(), slug = id::text where id = ${draft.id}`
    expect(await tried(db, publish)).toBe('bulletins_reviewed')
    const approved = await buildBulletin(db, { state: 'approved' })
    const rewrite = sql`update bulletin_revisions set content = jsonb_set(content, '{vi,title}', '"Khác"') where bulletin_id = ${approved.id}`
    expect(await tried(db, rewrite)).toBe('bulletin_revisions_kept')
    const slipIn = sql`insert into bulletin_revisions (bulletin_id, number, editor_id, content, words, created_at, saved_at)
      select bulletin_id, 2, editor_id, content, words, now(), now() from bulletin_revisions where bulletin_id = ${approved.id}`
    await db.execute(slipIn)
    expect(
      await tried(db, sql`update bulletins set scheduled_for = now(), state = 'scheduled' where id = ${approved.id}`),
    ).toBe('bulletins_last_editor')
  })

  test('a published bulletin keeps its number and address, and the publication log its rows', async ({ db }) => {
    const { id } = await buildBulletin(db, { state: 'published' })
    expect(await tried(db, sql`update bulletins set slug = 'khac' where id = ${id}`)).toBe('bulletins_kept')
    expect(await tried(db, sql`delete from bulletin_publications where bulletin_id = ${id}`)).toMatch(
      /append-only|Failed/,
    )
  })
})
