import { expect, type Locator, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { answerPhotos, reportPhotos } from '#db/schema/index.ts'
import { test as deskTest } from './fixtures.ts'
import { buildOffice, buildReportAt, type Office } from './office.ts'
import { handIn, openReport } from './report-page.ts'
import { awaitCode } from './slow-line.ts'

type OnSite = { office: Office; id: number; code: string; page: Page }
type Wanted = {
  report?: Parameters<typeof buildReportAt>[2]
  /** Prepares the page before the report is opened. */
  before?: (page: Page) => Promise<unknown>
  /**
   * Words in code that must have loaded: without a connection no menu and no box opens whose code has not been loaded.
   */
  fetched?: string
}

const phone = { viewport: { width: 390, height: 844 } }

export const test = deskTest.extend<{
  /** An officer with a report of their agency open on the phone. */
  onSite: (wanted?: Wanted) => Promise<OnSite>
}>({
  onSite: async ({ db, signedInAs }, use) => {
    await use(async ({ report, before, fetched } = {}) => {
      const office = await buildOffice(db)
      const { id, code } = await buildReportAt(db, office, report)
      const page = await signedInAs(office.officer.username, phone)
      await before?.(page)
      const codeThere = fetched === undefined ? undefined : awaitCode(page, fetched)
      await openReport(page, code)
      await codeThere?.()
      return { office, id, code, page }
    })
  },
})

export const addingNote = /\/api\/trpc\/reports\.addNote/
export const accepting = /\/api\/trpc\/reports\.accept/

export const answerWaits = (page: Page): Locator => page.getByRole('region', { name: 'Trả lời đang chờ gửi' })
export const answerBox = (page: Page): Locator => page.getByRole('region', { name: 'Trả lời công dân' })
export const photosIn = (place: Locator): Locator => place.getByRole('img', { name: /^Ảnh đang chờ gửi/ })

export const loseLine = (page: Page): Promise<void> => page.context().setOffline(true)
export const findLine = (page: Page): Promise<void> => page.context().setOffline(false)

/** A machine whose storage is full or disabled. To be called before anything is opened. */
export const keepNothing = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    Storage.prototype.setItem = full
    IDBFactory.prototype.open = full
  })

export const expectNoSidewaysScroll = async (page: Page): Promise<void> =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

/** Opens the box for a note and fills it in. */
export async function beginNote(page: Page, words: string): Promise<void> {
  await page.getByRole('article').getByRole('button', { name: 'Ghi chú', exact: true }).first().click()
  await page.getByLabel('Nội dung ghi chú').fill(words)
}

export const saveNote = (page: Page): Promise<void> => page.getByRole('button', { name: /^Lưu ghi chú/ }).click()

/** Loses the connection between the first word and the sending, where it still exists. */
export async function writeWithoutLine(page: Page, words: string): Promise<void> {
  await beginNote(page, words)
  await loseLine(page)
  await saveNote(page)
  await expect(page.getByRole('region', { name: 'Ghi chú nội bộ' })).toBeHidden()
}

/** Begins an answer and loses the connection before its photos are taken. */
export async function answerWithoutLine(page: Page): Promise<void> {
  await page
    .getByRole('article')
    .getByRole('button', { name: /^Trả lời công dân/ })
    .filter({ visible: true })
    .first()
    .click()
  await fillAnswer(page)
  await loseLine(page)
}

export async function fillAnswer(page: Page): Promise<void> {
  const box = answerBox(page)
  await box.getByLabel('Kết quả xử lý').fill('Đã cắt cành gãy, dọn sạch vỉa hè.')
  await box.getByLabel('Địa điểm').fill('Trước số 20 phố Hàng Bài')
  await box.getByLabel('Thời gian').fill('10 giờ sáng nay')
  await box.getByRole('radio', { name: 'Đã khắc phục' }).check()
}

/** Takes a photo without a connection: it waits in this place. */
export async function takePhoto(place: Locator, photo: Buffer): Promise<void> {
  const before = await photosIn(place).count()
  await handIn(place.getByRole('button', { name: 'Chụp ảnh' }), photo)
  await expect(photosIn(place)).toHaveCount(before + 1)
}

export const submit = (page: Page): Promise<void> =>
  answerBox(page)
    .getByRole('button', { name: /^Trình phê duyệt/ })
    .click()

/** Submits the text of the answer box without a connection. */
export async function submitWithoutLine(page: Page): Promise<void> {
  await submit(page)
  await expect(answerWaits(page)).toBeVisible()
}

/** The photos of staff on a report, and the answer that includes each. */
export async function photosOn(db: Database, reportId: number) {
  return db
    .select({ kind: reportPhotos.kind, answerId: answerPhotos.answerId })
    .from(reportPhotos)
    .leftJoin(answerPhotos, eq(answerPhotos.fileId, reportPhotos.fileId))
    .where(eq(reportPhotos.reportId, reportId))
}
