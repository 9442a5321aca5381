import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { bulletinRevisions } from '#db/schema/index.ts'
import type { Block, BulletinDocument, BulletList, OrderedList, Table } from '#server/bulletins/rules/document.ts'
import { documentText } from '#server/bulletins/rules/document-text.ts'
import { expect, test } from './fixtures.ts'
import { bodyOf, openBulletin, paste, saved } from './newsroom.ts'
import { buildOfCity } from './office.ts'

const hostile = `
  <h1 onclick="window.pwned=1">Tiêu đề</h1><script>window.pwned=1</script><img src=x onerror="window.pwned=1">
  <svg onload="window.pwned=1"><a xlink:href="javascript:window.pwned=1">x</a></svg><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>
  <p style="background:url(javascript:1)">Chữ <a href="javascript:window.pwned=1">bẫy</a> <a href="https://hanoi.gov.vn">thật</a></p>
  <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Việc một</p>
  <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Việc hai</p><o:p></o:p>`

test.describe('pasted content', () => {
  const why =
    'the browser tells of each script that it does not take over, even where it reads HTML apart from the page'
  test.use({ provokes: [{ complaint: /Executing inline event handler violates/, why }] })

  test('becomes our plain text: hostile HTML is inert, the lists of Word are lists', async ({ signedInAs, db }) => {
    const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
    const { id } = await buildBulletin(db, {
      authorId: editor.id,
      content: contentOf('Dán', { vi: textOf('Dán', 'a') }),
    })
    const page = await signedInAs(editor.username)
    await openBulletin(page, id)
    await bodyOf(page).click()
    for (const key of ['ControlOrMeta+End', 'Enter']) await page.keyboard.press(key)
    await paste(bodyOf(page), hostile)
    await expect(bodyOf(page).getByRole('listitem')).toHaveCount(2)
    await expect(bodyOf(page).getByRole('heading', { level: 2 })).toHaveText('Tiêu đề')
    await expect(bodyOf(page).locator('script, iframe, svg, [onclick], [onerror], [style*="javascript"]')).toHaveCount(
      0,
    )
    await expect(bodyOf(page).locator('a')).toHaveAttribute('href', 'https://hanoi.gov.vn')
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    await expect(saved(page)).toBeVisible()
    const newest = () => db.select().from(bulletinRevisions).where(eq(bulletinRevisions.bulletinId, id))
    await expect.poll(async () => JSON.stringify((await newest()).at(-1)?.content)).toContain('Việc hai')
    expect(JSON.stringify(await newest())).not.toMatch(/javascript:|onerror|<script/)
  })
})

test.describe('a text of Word', () => {
  const why =
    'it brings a style sheet along, and the browser tells of each that it does not take over, even where it reads HTML apart'
  test.use({ provokes: [{ complaint: /Applying inline style violates/, why }] })

  test('or Google Docs keeps its lists, heads and superscripts; struck-out text is left out and reported', async ({
    signedInAs,
    db,
  }) => {
    const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
    const { id } = await buildBulletin(db, {
      authorId: editor.id,
      content: contentOf('Dán', { vi: textOf('Dán', 'a') }),
    })
    const page = await signedInAs(editor.username)
    await openBulletin(page, id)
    const newest = async () => {
      const rows = await db.select().from(bulletinRevisions).where(eq(bulletinRevisions.bulletinId, id))
      return rows.sort((a, b) => b.number - a.number)[0]?.content.vi.body as BulletinDocument
    }
    const pasteOver = async (name: string, end: string) => {
      await bodyOf(page).click()
      await page.keyboard.press('ControlOrMeta+a')
      await paste(bodyOf(page), readFileSync(join(import.meta.dirname, 'pasted', name), 'utf8'))
      await expect.poll(async () => documentText(await newest())).toContain(end)
      return newest()
    }
    const word = await pasteOver('word.html', '18 giờ')
    await expect(page.getByText(/^Đã bỏ 4 đoạn bị gạch ngang.*không phải sơ tán/)).toBeVisible()
    expect(documentText(word).trim().split('\n').filter(Boolean)).toEqual([
      'Sơ tán vùng trũng',
      'Từ 18 giờ, người dân trong diện tích 12 km² rời nhà; khử khuẩn bằng dung dịch Ca(ClO)₂.',
      '– Mang giấy tờ',
      '– Căn cước',
      '– Thuốc đang dùng',
      '– Khóa cửa',
      '1. Ngắt cầu dao',
      '2. Ra điểm đón',
      'Điểm đón | Giờ',
      'Trường Hoa Lâm | 18 giờ |',
    ])
    const kinds = (blocks: readonly Block[]) => blocks.map(({ type }) => type)
    expect(kinds(word.content).slice(0, 5)).toEqual(['heading', 'paragraph', 'bulletList', 'orderedList', 'table'])
    const [bullets, table] = [word.content[2] as BulletList, word.content[4] as Table]
    expect(kinds(bullets.content[0]?.content ?? [])).toEqual(['paragraph', 'bulletList'])
    expect(table.content.map((row) => row.content.map(({ type, attrs }) => [type, attrs.colspan]))).toEqual([
      [
        ['tableHeader', 1],
        ['tableHeader', 2],
      ],
      [
        ['tableCell', 1],
        ['tableCell', 1],
        ['tableCell', 1],
      ],
    ])

    const google = await pasteOver('google-docs.html', 'tầng hai')
    await expect(page.getByText(/^Đã bỏ 1 đoạn bị gạch ngang.*báo động 1/)).toBeVisible()
    expect(documentText(google)).toContain('lưu lượng 12 m³/s')
    const steps = google.content[1] as OrderedList
    expect([steps.type, kinds(steps.content[0]?.content ?? [])]).toEqual(['orderedList', ['paragraph', 'bulletList']])
  })
})
