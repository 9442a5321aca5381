import type { Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'

/** Only what is wrong is collected: the rest takes longer than finding it. */
export const onlyViolations = {
  reporter: 'no-passes',
  resultTypes: ['violations'],
  // A moderate matter at most.
  rules: { region: { enabled: false } },
} satisfies RunOptions

/**
 * What axe finds serious or critical, as text for a failure message: on the whole page or in one part of it, by all
 * rules or by some. The code of axe is brought into a document once, not for every look at it.
 */
export async function violationsOn(page: Page, part?: string, rules?: readonly string[]): Promise<string[]> {
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source)
  }
  const options: RunOptions = rules
    ? { ...onlyViolations, runOnly: { type: 'rule', values: [...rules] }, rules: {} }
    : onlyViolations
  return page.evaluate(examine, { part, options })
}

/**
 * Runs in the page until nothing fades or moves there any more: during a transition colours are not final. Infinite
 * animations may run.
 */
export async function settled(): Promise<void> {
  const isPassing = ({ playState, timeline, effect }: Animation) =>
    playState === 'running' && timeline instanceof DocumentTimeline && effect?.getComputedTiming().endTime !== Infinity
  const passing = () => document.getAnimations().filter(isPassing)
  for (let left = passing(); left.length > 0; left = passing()) {
    await Promise.allSettled(left.map(({ finished }) => finished))
  }
}

/** Runs in the page. */
async function examine({ part, options }: { part?: string; options: RunOptions }): Promise<string[]> {
  const inPage = (window as unknown as { axe: typeof axe }).axe
  const { violations } = await inPage.run(part ?? document, options)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
