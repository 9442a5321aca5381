import { readdirSync } from 'node:fs'
import { type BrowserContext, expect, type Page } from '@playwright/test'
import { visit } from './visit.ts'

type Language = 'vi' | 'en'

/** Every page of the desk and an account that uses it. The test itself creates a report and an incident. */
export const routes = [
  ['dieuphoi', '/reports?view=open'],
  ['canbo.hoankiem', '/reports'],
  ['lanhdao.tp', '/reports'],
  ['dieuphoi', '/reports/HN-990101-9999'],
  ['dieuphoi', '/map'],
  ['dieuphoi', '/triage'],
  ['canbo.hoankiem', '/triage'],
  ['canbo.hoankiem', '/drafts'],
  ['dieuphoi', '/public-copies'],
  ['dieuphoi', '/undelivered'],
  ['canbo.hoankiem', '/notifications'],
  ['dieuphoi', '/incidents'],
  ['bientap', '/bulletins'],
  ['tongbientap', '/bulletins?view=all'],
  ['lanhdao.tp', '/today'],
  ['lanhdao.hoankiem', '/today'],
  ['lanhdao.tp', '/insights'],
  ['lanhdao.tp', '/insights/storm'],
  ['lanhdao.tp', '/insights/annotations'],
  ['lanhdao.tp', '/insights/targets'],
  ['lanhdao.tp', '/insights/weekly'],
  ['lanhdao.tp', '/insights/issued'],
  ['lanhdao.tp', '/insights/mailings'],
  ['lanhdao.tp', '/insights/what-if'],
  ['lanhdao.tp', '/screen'],
  ['quantri', '/account'],
  ['quantri', '/admin'],
  ['quantri', '/admin/accounts'],
  ['quantri', '/admin/agencies'],
  ['quantri', '/admin/categories'],
  ['quantri', '/admin/calendars'],
  ['quantri', '/admin/templates'],
  ['quantri', '/admin/settings'],
  ['quantri', '/admin/jobs'],
  ['quantri', '/admin/integrations'],
  ['quantri', '/admin/integrations/gateways'],
  ['quantri', '/admin/integrations/deliveries'],
  ['quantri', '/admin/integrations/webhooks'],
  ['quantri', '/admin/events'],
  ['kiemtra', '/admin/disclosures'],
] as const

export const routesByAccount: [username: string, addresses: string[]][] = [
  ...new Set(routes.map(([username]) => username)),
].map((username) => [username, routes.filter(([whose]) => whose === username).map(([, address]) => address)])

/** What the browser reports in its console while the page is open. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    // The designed pages for what does not exist, and for what the account may not see, answer 404 and 403: the browser
    // reports both.
    const isRefusedPage = message.text().includes('status of 403') && message.location().url === page.url()
    if (message.type() !== 'error' || message.text().includes('status of 404') || isRefusedPage) return
    complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}

/** Opens an address and waits until the page is visible and its skeletons are gone. */
export async function see(page: Page, address: string): Promise<void> {
  await visit(page, address)
  await expect(page.getByRole('heading').first()).toBeVisible()
  await filled(page)
}

export const filled = (page: Page) => expect(page.locator('main [aria-busy="true"]:not(button)')).toHaveCount(0)

/** The language of the pages that this browser opens from now on. */
export const hear = (context: BrowserContext, language: Language) =>
  context.addCookies([{ name: 'locale', value: language, url: process.env.DESK_URL ?? '' }])

/** Changes the language of an open page in place, as the switch of the desk does. */
export async function hearHere(page: Page, language: Language): Promise<void> {
  await hear(page.context(), language)
  await page.evaluate(() => (window as unknown as { next: { router: { refresh(): void } } }).next.router.refresh())
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await filled(page)
}

/** Changes the scheme of the machine; the desk follows it. */
export async function paintHere(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator(`html[data-theme="${colorScheme}"]:not([data-repainting])`)).toBeAttached()
}

/** Makes the window a phone: narrow, touched, without a mouse that hovers. */
export async function onPhone(page: Page, width: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 })
  const screen = { width, height: 844, deviceScaleFactor: 2, mobile: true }
  await session.send('Emulation.setDeviceMetricsOverride', screen)
  const isPhone = (width: number) => innerWidth === width && matchMedia('(hover: none) and (pointer: coarse)').matches
  await expect.poll(() => page.evaluate(isPhone, width)).toBe(true)
}

const domains = readdirSync(new URL('../messages/vi', import.meta.url)).map((file) => file.split('.')[0])

/** Names of files, which the log quotes and which may begin as a key does. */
const isFile = (said: string) => /^\w+\.(csv|json|xlsx)$/.test(said)

/** Message keys that are on the page instead of text. */
export async function untranslated(page: Page): Promise<string[]> {
  const said = await page.evaluate(wordsHere)
  const keys = said.match(new RegExp(`\\b(?:${domains.join('|')})(?:\\.[a-zA-Z_]+)+\\b`, 'g')) ?? []
  return keys.filter((key) => !isFile(key))
}

/** In the page: its title, its text, and the names and hints of its parts, also of those that are not in sight. */
function wordsHere(): string {
  const spoken = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-placeholder']
  const told = [...spoken, 'alt', 'title', 'placeholder', 'label']
  // The value of a choice is a code that nobody sees.
  const coded = ['checkbox', 'radio', 'hidden']
  const said = [document.title]
  for (const part of document.body.querySelectorAll('*:not(script, style, template)')) {
    for (const name of told) said.push(part.getAttribute(name) ?? '')
    if (part instanceof HTMLInputElement && !coded.includes(part.type)) said.push(part.value)
    for (const { nodeType, nodeValue } of part.childNodes) if (nodeType === Node.TEXT_NODE) said.push(nodeValue ?? '')
  }
  return said.join('\n')
}

/** The rules of axe that look at colours. All others find the same by day and by night. */
export const ofColours = ['color-contrast', 'link-in-text-block']

/** Pixels by which the page exceeds the edge of the screen. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const parts = [document.documentElement, ...document.querySelectorAll('main, [role="dialog"]')]
    return Math.max(...parts.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
  })
