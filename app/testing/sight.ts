import { expect } from 'vitest'
import { messagesOf } from '#messages/catalog.ts'
import { visit } from './desk.tsx'
import { page } from './hands.ts'

/** Until nothing of the page is a skeleton any more. */
export const settled = (): Promise<void> =>
  expect.element(page.css('main [aria-busy="true"]:not(button)')).toHaveLength(0)

/** Opens an address and waits until its skeletons are gone. */
export async function see(address: string): Promise<void> {
  await visit(address)
  await expect.element(page.getByRole('heading').first()).toBeVisible()
  await settled()
}

/** Pixels by which the page exceeds the edge of the screen. */
export function overhang(): number {
  const parts = [document.documentElement, ...document.querySelectorAll('main, [role="dialog"]')]
  return Math.max(...parts.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth))
}

const keys = new RegExp(`\\b(?:${Object.keys(messagesOf('vi')).join('|')})(?:\\.[a-zA-Z_]+)+\\b`, 'g')
const spoken = ['aria-label', 'aria-description', 'aria-valuetext', 'placeholder', 'title', 'alt']

/** Keys of messages that are on the page instead of text. */
export function untranslated(): string[] {
  const words = spoken.flatMap((name) =>
    [...document.body.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)),
  )
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) words.push(texts.currentNode.nodeValue)
  return words.join('\n').match(keys) ?? []
}
