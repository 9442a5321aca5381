import { type BrowserContextOptions, expect, type Page, test as plainTest } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import { closeDatabase, type Database, db as deskDatabase } from '#db/client.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { settled, violationsOn } from './axe.ts'
import { type Provocation, watchBrowser } from './watch.ts'

export { expect } from '@playwright/test'

type Screen = Pick<BrowserContextOptions, 'colorScheme' | 'viewport'> & { language?: 'vi' | 'en' }

type Options = {
  /**
   * What a test provokes a page to complain of on purpose, and why: `test.use({ provokes: [{ complaint: /…/, why: '…'
   * }] })`.
   */
  provokes: readonly Provocation[]
}

type Fixtures = {
  /**
   * Fails the test for any script error on any of its pages, and for anything the content security policy had to block.
   */
  soundPages: undefined
  /** A separate page on which this account is signed in, without going through the form. */
  signedInAs: (username: string, screen?: Screen) => Promise<Page>
  /**
   * What axe finds serious or critical on the page, or in one part of it, as text for a failure message. Behind a modal
   * dialog nothing can be reached: then only the dialog is examined. `rules`: only these are applied.
   */
  seriousViolations: (page: Page, within?: string, rules?: readonly string[]) => Promise<string[]>
}

type WorkerFixtures = {
  /** The database of the desk under test, for factories. */
  db: Database
}

export const test = plainTest.extend<Options & Fixtures, WorkerFixtures>({
  provokes: [[], { option: true }],

  soundPages: [
    async ({ browser, provokes }, use) => {
      const { complaints, letGo } = watchBrowser(browser)
      await use(undefined)
      letGo()
      expect(complaints.filter((one) => !provokes.some(({ complaint }) => complaint.test(one)))).toEqual([])
    },
    { auto: true },
  ],

  db: [
    async ({}, use) => {
      await use(deskDatabase)
      await closeDatabase()
    },
    { scope: 'worker' },
  ],

  signedInAs: async ({ browser, baseURL, db }, use) => {
    const url = required('DESK_URL', baseURL)
    const secret = required('AUTH_SECRET', process.env.AUTH_SECRET)
    const contexts: { close(): Promise<void> }[] = []
    await use(async (username, { language = 'vi', ...screen } = {}) => {
      const { id, accountId } = await buildSession(db, username)
      const token = await encode({ token: { sub: accountId, sid: id }, secret })
      const context = await browser.newContext(screen)
      contexts.push(context)
      await context.addCookies([
        { name: 'next-auth.session-token', value: token, url, httpOnly: true, sameSite: 'Lax' },
        { name: 'locale', value: language, url },
      ])
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },

  seriousViolations: async ({}, use) => {
    await use((page, within, rules) =>
      plainTest.step('axe', async () => {
        await page.evaluate(settled)
        const part = within ?? ((await page.locator(modal).count()) > 0 ? modal : undefined)
        return violationsOn(page, part, rules)
      }),
    )
  },
})

const modal = '[role="dialog"][aria-modal="true"]'

function required(name: string, value: string | undefined): string {
  if (!value) throw new Error(`${name} is not set: run the journeys with npm run test:e2e`)
  return value
}
