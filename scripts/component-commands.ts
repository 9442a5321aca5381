import type { BrowserCommand } from 'vitest/node'

type Point = { x: number; y: number }

/** What a hand does at the machine, as Playwright does it: `Control+k`, a text key by key, the mouse. */
export const componentCommands = {
  press: (async ({ page }, keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }) satisfies BrowserCommand<[string[]]>,
  keyDown: (async ({ page }, key: string) => page.keyboard.down(key)) satisfies BrowserCommand<[string]>,
  keyUp: (async ({ page }, key: string) => page.keyboard.up(key)) satisfies BrowserCommand<[string]>,
  type: (async ({ page }, text: string, delay = 0) => page.keyboard.type(text, { delay })) satisfies BrowserCommand<
    [string, number?]
  >,
  insertText: (async ({ page }, text: string) => page.keyboard.insertText(text)) satisfies BrowserCommand<[string]>,
  /** Moves the pointer to a point of the frame of the test, in several steps. */
  movePointer: (async ({ page, iframe }, { x, y }: Point) => {
    const frame = await iframe.owner().boundingBox()
    await page.mouse.move((frame?.x ?? 0) + x, (frame?.y ?? 0) + y, { steps: 5 })
  }) satisfies BrowserCommand<[Point]>,
  pointerDown: (async ({ page }) => page.mouse.down()) satisfies BrowserCommand<[]>,
  pointerUp: (async ({ page }) => page.mouse.up()) satisfies BrowserCommand<[]>,
  wheel: (async ({ page }, { x, y }: Point) => page.mouse.wheel(x, y)) satisfies BrowserCommand<[Point]>,
  emulate: (async ({ page }, media: Parameters<typeof page.emulateMedia>[0]) =>
    page.emulateMedia(media)) satisfies BrowserCommand<[Parameters<import('playwright').Page['emulateMedia']>[0]]>,
  grant: (async ({ context }, permissions: string[]) => context.grantPermissions(permissions)) satisfies BrowserCommand<
    [string[]]
  >,
}
