import { expect, type Page } from '@playwright/test'
import { storyOf } from '#db/factories/story.ts'
import { photoWithPlace } from './report-page.ts'
import { loseCode } from './slow-line.ts'
import {
  answerBox,
  answerWaits,
  answerWithoutLine,
  findLine,
  keepNothing,
  loseLine,
  photosIn,
  photosOn,
  submitWithoutLine,
  takePhoto,
  test,
} from './without-line.ts'

const ofReport = (page: Page) => page.getByRole('region', { name: 'Nội dung phản ánh' })

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
