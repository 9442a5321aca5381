import { expect, type Page } from '@playwright/test'
import { storyOf } from '#db/factories/story.ts'
import { openReport, photoWithPlace } from './report-page.ts'
import { factsOfReport, loseCode, loseFirstAnswer } from './slow-line.ts'
import { visit } from './visit.ts'
import {
  addingPhoto,
  answerBox,
  answerWaits,
  answerWithoutLine,
  expectNoSidewaysScroll,
  findLine,
  handingIn,
  keepNothing,
  loseLine,
  photosIn,
  photosOn,
  submitWithoutLine,
  takePhoto,
  test,
} from './without-line.ts'

const ofReport = (page: Page) => page.getByRole('region', { name: 'Nội dung phản ánh' })

test('photos added to a report without a connection wait among its own, can be taken back, and are sent once', async ({
  onSite,
  seriousViolations,
  db,
}) => {
  const { id, page } = await onSite()
  const context = page.context()
  const place = ofReport(page)
  await loseLine(page)
  for (let count = 0; count < 2; count += 1) await takePhoto(place, await photoWithPlace())
  await place.getByRole('button', { name: 'Bỏ ảnh' }).first().click()
  await expect(photosIn(place)).toHaveCount(1)
  await expect(page.getByText('Mất kết nối mạng. 1 thao tác đang chờ, sẽ tự gửi khi có mạng.')).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await expectNoSidewaysScroll(page)

  // The page closes, and the waiting actions are there when it comes back.
  await context.route(handingIn, (route) => route.abort())
  await findLine(page)
  await page.reload()
  await expect(photosIn(place)).toHaveCount(1)
  await expect(page.getByText('Chưa kết nối được máy chủ, 1 thao tác đang chờ gửi.')).toBeVisible()
  expect(await photosOn(db, id)).toEqual([])

  // The photo gets through, and the server's response to it gets lost once.
  const heard = await loseFirstAnswer(page, addingPhoto)
  await context.unroute(handingIn)
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await expect(photosIn(place)).toHaveCount(0)
  await expect(place.getByRole('button', { name: /^Xem ảnh 1\/1/ })).toBeVisible()
  expect(heard()).toBeGreaterThan(1)
  expect(await photosOn(db, id)).toEqual([{ kind: 'staff', answerId: null }])
  const { events } = await storyOf(db, id)
  expect(events.map(({ event }) => event)).toEqual(['report.received', 'report.photo_added'])
})

test('where the code of its map cannot be fetched the report stays, and the map comes when asked for', async ({
  onSite,
}) => {
  let bringBack = async () => {}
  const before = async (page: Page) => {
    bringBack = await loseCode(page, 'pinMove')
  }
  const { page } = await onSite({ before, report: { lon: 105.853, lat: 21.024 } })
  const place = ofReport(page)
  const again = place.getByRole('alert').getByRole('button', { name: 'Thử lại' })
  await place.getByRole('button', { name: 'Chụp ảnh' }).scrollIntoViewIfNeeded()
  await expect(again).toBeVisible()
  await bringBack()
  await again.click()
  await expect(place.getByLabel('Bản đồ nơi phản ánh')).toBeVisible()
})

test('a refused photo of a report says why, in its place and among the refused actions, until it is discarded', async ({
  onSite,
  db,
}) => {
  const { id, code, page } = await onSite()
  const place = ofReport(page)
  await loseLine(page)
  await takePhoto(place, Buffer.from('not a picture'))
  await findLine(page)
  await expect(place.getByText('Tệp này không phải ảnh JPEG, PNG hoặc WebP.')).toBeVisible()
  await visit(page, '/drafts')
  await expect(page.getByRole('region', { name: `Ảnh của ${code} không gửi được` })).toBeVisible()
  await openReport(page, code)
  await place.getByRole('button', { name: 'Bỏ ảnh' }).click()
  await expect(photosIn(place)).toHaveCount(0)
  await expect(page.getByText(/không gửi được/i)).toHaveCount(0)
  expect(await photosOn(db, id)).toEqual([])
})

test('where the browser stores nothing, a photo of a report waits as long as the page', async ({ onSite, db }) => {
  const { id, page } = await onSite({ before: keepNothing })
  const place = ofReport(page)
  await loseLine(page)
  await takePhoto(place, await photoWithPlace())
  await findLine(page)
  await expect(photosIn(place)).toHaveCount(0)
  await expect.poll(() => photosOn(db, id)).toEqual([{ kind: 'staff', answerId: null }])
})

test('where the browser stores nothing, waiting actions last as long as the page, and an answer still includes its photos', async ({
  onSite,
  db,
}) => {
  const { id, page } = await onSite({ before: keepNothing })
  await answerWithoutLine(page)
  await takePhoto(answerBox(page), await photoWithPlace())
  await submitWithoutLine(page)
  await findLine(page)
  await expect(answerWaits(page)).toBeHidden()
  await expect.poll(async () => (await storyOf(db, id)).answers.length).toBe(1)
  const { answers } = await storyOf(db, id)
  expect(await photosOn(db, id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('a photo that has been sent is part of the answer, even if the report could not be loaded since', async ({
  onSite,
  db,
}) => {
  const { id, page } = await onSite()
  await answerWithoutLine(page)
  await takePhoto(answerBox(page), await photoWithPlace())
  await page.route(factsOfReport, (route) => route.abort())
  await findLine(page)
  await expect(photosIn(answerBox(page))).toHaveCount(0)
  expect(await photosOn(db, id)).toEqual([{ kind: 'proof', answerId: null }])
  await loseLine(page)
  await submitWithoutLine(page)
  await findLine(page)
  await expect.poll(async () => (await storyOf(db, id)).answers.length).toBe(1)
  const { answers } = await storyOf(db, id)
  expect(await photosOn(db, id)).toEqual([{ kind: 'proof', answerId: answers[0]?.id }])
})

test('a photo without a waiting action does not stay on the machine', async ({ onSite }) => {
  const { page } = await onSite()
  const inBox = (put: readonly string[]) =>
    page.evaluate(
      (keys) =>
        new Promise<string[]>((settle, fail) => {
          const opening = indexedDB.open('photo-box', 1)
          opening.onupgradeneeded = () => opening.result.createObjectStore('photos')
          opening.onerror = () => fail(opening.error)
          opening.onsuccess = () => {
            const turn = opening.result.transaction('photos', 'readwrite')
            const photos = turn.objectStore('photos')
            for (const key of keys) {
              const keptAt = key.endsWith('new') ? Date.now() : Date.now() - 2 * 86_400_000
              photos.put({ photo: new Blob(['photo']), keptAt }, key)
            }
            const all = photos.getAllKeys()
            turn.oncomplete = () => {
              opening.result.close()
              settle(all.result.map(String))
            }
          }
        }),
      put,
    )
  const awaited = 'outbox:somebody-else:awaited'
  await page.evaluate(
    (key) => localStorage.setItem(key, JSON.stringify({ kind: 'photo', accountId: 'somebody-else' })),
    awaited,
  )
  await inBox(['outbox:gone:old', 'outbox:gone:new', awaited])
  await page.reload()
  await expect.poll(() => inBox([])).toEqual(['outbox:gone:new', awaited].sort())
})
