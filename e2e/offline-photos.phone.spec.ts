import { expect } from '@playwright/test'
import { storyOf } from '#db/factories/story.ts'
import { photoWithPlace } from './report-page.ts'
import { factsOfReport } from './slow-line.ts'
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

test('where the machine keeps nothing, what waits lasts as long as the page, and an answer still goes with its photos', async ({
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

test('a photo that has gone out goes with the answer, though the report could not be asked for it since', async ({
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

test('a photo that nothing waits for any more does not stay on the machine', async ({ onSite }) => {
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
