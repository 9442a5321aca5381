import { openStates, type ReportState } from './lifecycle.ts'
import type { MessageKind, PhotoKind } from './parts.ts'

/** Ids of the messages, notes and photos that are moved from one report to another. */
export type Parts = { messageIds: string[]; noteIds: string[]; fileIds: string[] }

/** A message, note or photo of a report that may belong to another matter. */
export type Part =
  | { kind: 'message'; message: MessageKind; at: Date }
  | { kind: 'note'; at: Date }
  | { kind: 'photo'; photo: PhotoKind; isInAnswer: boolean; at: Date }

export const countOf = ({ messageIds, noteIds, fileIds }: Parts): number =>
  messageIds.length + noteIds.length + fileIds.length

/**
 * Why a part cannot be moved. Questions, notices and answers, with their proof, are acts of their report and affect its
 * clocks and figures. `since` is when two reports were merged: earlier parts of the canonical one are its own.
 */
export function refusalReasonForPart(
  part: Part,
  since: Date | null,
): 'question' | 'notice' | 'answer' | 'before_merge' | null {
  if (part.kind === 'message' && (part.message === 'question' || part.message === 'notice')) return part.message
  if (part.kind === 'photo' && part.isInAnswer) return 'answer'
  return since !== null && part.at < since ? 'before_merge' : null
}

/** Whether a second matter can be split from a report: a merged or rejected one has no matter to work on. */
export function isSplittable(state: ReportState): boolean {
  return ([...openStates, 'answered', 'closed'] as readonly ReportState[]).includes(state)
}

const dayMillis = 86_400_000

/** Merged again within a day into the report it was split from, a report brings back what it had taken along. */
export function bringsBack<Split extends { fromReportId: number; at: Date }>(
  split: Split | null,
  intoReportId: number,
  now: Date,
): split is Split {
  return split?.fromReportId === intoReportId && now.getTime() - split.at.getTime() <= dayMillis
}
