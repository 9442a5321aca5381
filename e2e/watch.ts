import type { Browser, BrowserContext, ConsoleMessage } from '@playwright/test'

export type Provocation = { complaint: RegExp; why: string }

const ofPolicy = /Content Security Policy/i

/** Watches every page of a test until it is stopped. */
export function watchBrowser(browser: Browser): { complaints: string[]; letGo: () => void } {
  const complaints: string[] = []
  const newContext = browser.newContext
  browser.newContext = async (...options) => {
    const context = await newContext.apply(browser, options)
    listenTo(context, complaints)
    return context
  }
  return { complaints, letGo: () => Object.assign(browser, { newContext }) }
}

function listenTo(context: BrowserContext, complaints: string[]): void {
  context.on('weberror', (broken) => complaints.push(`${broken.page()?.url()}: ${broken.error()}`))
  context.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' && ofPolicy.test(message.text())) {
      complaints.push(`${message.page()?.url()}: ${message.text()}`)
    }
  })
}
