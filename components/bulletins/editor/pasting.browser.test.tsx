import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import type { Block, BulletinDocument, BulletList, OrderedList, Table } from '#server/bulletins/rules/document.ts'
import { documentText } from '#server/bulletins/rules/document-text.ts'
import googleDocs from './pasted/google-docs.html?raw'
import word from './pasted/word.html?raw'

const scene = onServer<typeof import('../bulletins.scene.ts')>('components/bulletins/bulletins.scene.ts')
const body = page.getByRole('textbox', { name: /^Nội dung bản tin/ })

const hostile = `
  <h1 onclick="window.pwned=1">Tiêu đề</h1><script>window.pwned=1</script><img src=x onerror="window.pwned=1">
  <svg onload="window.pwned=1"><a xlink:href="javascript:window.pwned=1">x</a></svg><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>
  <p style="background:url(javascript:1)">Chữ <a href="javascript:window.pwned=1">bẫy</a> <a href="https://hanoi.gov.vn">thật</a></p>
  <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Việc một</p>
  <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Việc hai</p><o:p></o:p>`

/** What a browser provides when a user pastes from elsewhere. */
function paste(html: string): void {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/html', html)
  body.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}

async function openDraft(): Promise<string> {
  const { id, username } = await scene.buildDraft()
  await signInAs(username)
  await visit(`/bulletins/${id}`)
  await expect.element(body).toBeVisible()
  return id
}

test('pasted content becomes our plain text: hostile HTML is inert; a text of Word or Google Docs keeps its lists, heads and superscripts, and struck-out text is left out and reported', async () => {
  const id = await openDraft()
  await body.click()
  await press('ControlOrMeta+End', 'Enter')
  paste(hostile)
  await expect.poll(() => body.getByRole('listitem').elements().length).toBe(2)
  await expect.element(body.getByRole('heading', { level: 2 })).toHaveTextContent('Tiêu đề')
  const dangerous = 'script, iframe, svg, [onclick], [onerror], [style*="javascript"]'
  expect(body.element().querySelectorAll(dangerous).length).toBe(0)
  expect([...body.element().querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    'https://hanoi.gov.vn',
  ])
  expect('pwned' in window).toBe(false)
  await expect.poll(async () => JSON.stringify((await scene.revisionsOf(id)).at(-1))).toContain('Việc hai')
  expect(JSON.stringify(await scene.revisionsOf(id))).not.toMatch(/javascript:|onerror|<script/)

  const newest = async () => (await scene.revisionsOf(id)).at(-1)?.vi.body as BulletinDocument
  const pasteOver = async (html: string, end: string) => {
    await body.click()
    await press('ControlOrMeta+a')
    paste(html)
    await expect.poll(async () => documentText(await newest())).toContain(end)
    return newest()
  }
  const ofWord = await pasteOver(word, '18 giờ')
  await expect.element(page.getByText(/^Đã bỏ 4 đoạn bị gạch ngang.*không phải sơ tán/).first()).toBeVisible()
  expect(documentText(ofWord).trim().split('\n').filter(Boolean)).toEqual([
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
  expect(kinds(ofWord.content).slice(0, 5)).toEqual(['heading', 'paragraph', 'bulletList', 'orderedList', 'table'])
  const [bullets, table] = [ofWord.content[2] as BulletList, ofWord.content[4] as Table]
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

  const google = await pasteOver(googleDocs, 'tầng hai')
  await expect.element(page.getByText(/^Đã bỏ 1 đoạn bị gạch ngang.*báo động 1/).first()).toBeVisible()
  expect(documentText(google)).toContain('lưu lượng 12 m³/s')
  const steps = google.content[1] as OrderedList
  expect([steps.type, kinds(steps.content[0]?.content ?? [])]).toEqual(['orderedList', ['paragraph', 'bulletList']])
})
