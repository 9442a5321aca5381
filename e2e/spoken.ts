import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'

const address = '/spoken-by-a-screen-reader.js'
const reader = readFile(new URL(import.meta.resolve('@guidepup/virtual-screen-reader/browser.js')))

type Reader = typeof import('@guidepup/virtual-screen-reader').virtual
declare global {
  interface Window {
    reader: Reader
    toldOf: string | null
  }
}

/**
 * A screen reader that runs in the page and writes down what it says. The page needs `bypassCSP`, because its policy
 * admits no script that is not the desk's own.
 */
export class Speech {
  readonly page: Page
  #said: string[] = []

  private constructor(page: Page) {
    this.page = page
  }

  static async of(page: Page): Promise<Speech> {
    const body = await reader
    await page.route(`**${address}`, (route) => route.fulfill({ contentType: 'text/javascript', body }))
    await page.evaluate(async (from) => {
      const { virtual } = await import(from)
      window.reader = virtual
      await virtual.start({ container: document.body })
    }, address)
    return new Speech(page)
  }

  /** Waits until a phrase for each pattern, in any order, has been said since the last call, and forgets them all. */
  async says(...phrases: readonly RegExp[]): Promise<void> {
    await expect(async () => {
      await this.#listen()
      const missing = phrases.filter((phrase) => !this.#said.some((said) => phrase.test(said)))
      expect(missing, `among:\n${this.#said.join('\n')}`).toEqual([])
    }).toPass({ intervals: [50, 100, 250], timeout: 20_000 })
    this.#said = []
  }

  async #listen(): Promise<void> {
    const said = await this.page.evaluate(async () => {
      const active = document.activeElement
      const option = active?.getAttribute('aria-activedescendant') ?? null
      // Real screen readers follow the active option of a list; this one reads it with its list when that takes focus.
      if (option && option !== window.toldOf) active?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
      window.toldOf = option
      const phrases = [...(await window.reader.spokenPhraseLog())]
      await window.reader.clearSpokenPhraseLog()
      return phrases
    })
    this.#said.push(...said)
  }
}
