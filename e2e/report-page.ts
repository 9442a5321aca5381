import { randomBytes } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import { visit } from './visit.ts'

/** Opens a report by its address and waits until it is loaded. */
export async function openReport(page: Page, code: string): Promise<Locator> {
  await visit(page, `/reports/${code}`)
  return reportOn(page, code)
}

export async function reportOn(page: Page, code: string): Promise<Locator> {
  const report = page.getByRole('article', { name: code })
  await expect(report).toBeVisible()
  return report
}

/** Chooses an action of the report, from its button or from the menu of the others. */
export async function choose(page: Page, name: string): Promise<void> {
  const button = page.getByRole('article').getByRole('button', { name, exact: true })
  if (await button.first().isVisible()) return button.first().click()
  await page.getByRole('article').getByRole('button', { name: 'Thao tác khác' }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click()
}

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, place: Locator): Promise<void> {
  const isThere = () => place.evaluateAll((elements) => elements.includes(document.activeElement as never))
  for (let steps = 0; steps < 60; steps++) {
    if (await isThere()) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never reached it')
}

export const timelineOf = (page: Page): Locator => page.getByRole('region', { name: 'Diễn biến' })

/** A photo as a phone takes it, each a different one: with location and camera in its metadata. */
export function photoWithPlace(): Promise<Buffer> {
  const background = `#${randomBytes(3).toString('hex')}`
  const exif = {
    IFD0: { Make: 'Desk', Model: 'Phone of a citizen' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '21/1 1/1 42/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '105/1 51/1 9/1',
    },
  }
  return sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .composite([
      { input: Buffer.from('<svg width="640" height="480"><path d="M0 400 640 260V480H0Z" fill="#6b4f2a"/></svg>') },
    ])
    .withExif(exif)
    .jpeg()
    .toBuffer()
}

/** Uploads a photo through a button that opens the file chooser. */
export async function handIn(button: Locator, photo: Buffer): Promise<void> {
  const chooser = button.page().waitForEvent('filechooser')
  await button.click()
  await (await chooser).setFiles({ name: 'hien-truong.jpg', mimeType: 'image/jpeg', buffer: photo })
}
