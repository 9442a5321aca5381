import type { Page } from '@playwright/test'

/** A press as a Vietnamese typing tool hands it over: the physical key, and whatever it made of it. */
export const handOver = (page: Page, key: string, code: string, more: { isComposing?: boolean } = {}) =>
  page.evaluate(
    (press) =>
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true }),
      ),
    { key, code, ...more },
  )
