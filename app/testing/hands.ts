import { expect } from 'vitest'
import { commands, type Locator, type LocatorSelectors, locators, page } from 'vitest/browser'
import type { componentCommands } from '#scripts/component-commands.ts'

type Commands = typeof componentCommands
type Rest<Command> = Command extends (context: never, ...rest: infer Given) => unknown ? Given : never
type Hands = { [Name in keyof Commands]: (...given: Rest<Commands[Name]>) => Promise<void> }

const hands = commands as unknown as Hands

/** Presses keys as Playwright names them: `press('Control+k', 'ArrowDown', 'Enter')`. */
export async function press(...keys: string[]): Promise<void> {
  await hands.press(keys)
}

/** Types a text key by key into what has the focus; `delay` in milliseconds between keys. */
export const type = (text: string, delay = 0): Promise<void> => hands.type(text, delay)

/** A key press as a Vietnamese input method sends it: the physical key, and the character it made of it. */
export function handOver(key: string, code: string, more: { isComposing?: boolean } = {}): void {
  const given = new KeyboardEvent('keydown', { key, code, ...more, bubbles: true, cancelable: true })
  ;(document.activeElement ?? document.body).dispatchEvent(given)
}

/** Gives the focus to an element once it is there, without a pointer. */
export async function focus(locator: Locator): Promise<void> {
  const element = await locator.findElement()
  element.focus()
}

/** Presses Tab until the element has the focus. */
export async function tabTo(locator: Locator): Promise<void> {
  const element = await locator.findElement()
  for (let steps = 0; steps < 60 && document.activeElement !== element; steps++) await press('Tab')
  await expect.element(locator).toHaveFocus()
}

/** Types a day, as `dd/MM/yyyy`, into a field that has three parts. */
export async function typeDay(within: LocatorSelectors, name: string, day: string): Promise<void> {
  await within.getByRole('group', { name, exact: true }).getByRole('spinbutton').first().click()
  await type(day.replaceAll('/', ''))
}

export const { keyDown, keyUp, insertText, movePointer, pointerDown, pointerUp, wheel, grant } = {
  keyDown: (key: string) => hands.keyDown(key),
  keyUp: (key: string) => hands.keyUp(key),
  insertText: (text: string) => hands.insertText(text),
  movePointer: (point: { x: number; y: number }) => hands.movePointer(point),
  pointerDown: () => hands.pointerDown(),
  pointerUp: () => hands.pointerUp(),
  wheel: (by: { x: number; y: number }) => hands.wheel(by),
  grant: (permissions: string[]) => hands.grant(permissions),
}

let isEmulated = false

/** The page as on paper, by night, in forced colours …, until the test ends. */
export async function emulate(media: Rest<Commands['emulate']>[0]): Promise<void> {
  isEmulated = true
  await hands.emulate(media)
}

/** On a screen again, as before anything was emulated. */
export async function emulateNothing(): Promise<void> {
  if (!isEmulated) return
  isEmulated = false
  await hands.emulate({ media: null, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null })
}

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** Part of the text of an element, spaces taken as one. */
    toContainText(text: string): R
  }
}

declare module 'vitest/browser' {
  interface LocatorSelectors {
    /** Elements by a selector of CSS, where no role or name tells them. */
    css(selector: string): Locator
  }
}

expect.extend({
  toContainText(element: Element, text: string) {
    const found = (element.textContent ?? '').replaceAll(/\s+/g, ' ')
    return { pass: found.includes(text), message: () => `expected “${found}” to contain “${text}”` }
  },
})

locators.extend({ css: (selector: string) => selector })

/** What the elements say, spaces taken as one. */
export const textsOf = (locator: Locator): string[] =>
  locator.elements().map(({ textContent }) => (textContent ?? '').replaceAll(/\s+/g, ' ').trim())

export { type Locator, page }
