import type { Page } from '@playwright/test'

/** A key press as a Vietnamese input method sends it: the physical key, and the character it made of it. */
export const handOver = (page: Page, key: string, code: string, more: { isComposing?: boolean } = {}) =>
  page.evaluate(
    (press) =>
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true }),
      ),
    { key, code, ...more },
  )
