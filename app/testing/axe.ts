import axe from 'axe-core'
import { onlyViolations, settled } from '#e2e/axe.ts'

const modal = '[role="dialog"][aria-modal="true"]'

/** What axe finds serious or critical on the page, or in one part of it; behind a modal dialog only in the dialog. */
export async function seriousViolations(within?: string): Promise<string[]> {
  await settled()
  const part = within ?? (document.querySelector(modal) ? modal : undefined)
  const { violations } = await axe.run(part ?? document, onlyViolations)
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
