import { DomainError } from '#server/platform/errors.ts'
import { findingsOf } from '../queries/findings.ts'
import { revisionById } from '../queries/lock.ts'
import { errorsIn, openWarnings } from '../rules/checklist.ts'
import type { BulletinDesk } from './move-bulletin.ts'

/**
 * Refuses a text that does not pass the checklist: for an error, or for a warning that is not ticked. Returns the
 * ticked ones, to be stored with the text.
 */
export async function assertChecked(
  { tx, bulletin }: BulletinDesk,
  acknowledged: readonly string[],
  sendAt: Date,
): Promise<string[]> {
  const { content } = await revisionById(tx, bulletin.currentRevisionId)
  const findings = await findingsOf(tx, bulletin, content, sendAt)
  const errors = errorsIn(findings)
  if (errors.length > 0) throw new DomainError('checklist_errors', { findings: errors, count: errors.length })
  const ticked = [...new Set([...bulletin.acknowledged, ...acknowledged])].sort()
  const open = openWarnings(findings, ticked)
  if (open.length > 0) throw new DomainError('checklist_warnings', { findings: open, count: open.length })
  return ticked
}
