import { openStates, type ReportState } from './lifecycle.ts'
import type { MessageKind, PhotoKind } from './parts.ts'

/** Ids of what was said and shown on one report and goes over to another. */
export type Parts = { messageIds: string[]; noteIds: string[]; fileIds: string[] }

/** What hangs on a report and may belong to another matter. */
export type Part =
  | { kind: 'message'; message: MessageKind; at: Date }
  | { kind: 'note'; at: Date }
  | { kind: 'photo'; photo: PhotoKind; isInAnswer: boolean; at: Date }

export const countOf = ({ messageIds, noteIds, fileIds }: Parts): number =>
  messageIds.length + noteIds.length + fileIds.length

/**
 * Why a part stays where it is. Questions, notices and answers, the proof in them too, are acts of their report, with
 * its clocks and its figures behind them. `since` is when two reports were merged: whatever the canonical one had
 * before is its own.
 */
export function refusalReasonForPart(
  part: Part,
  since: Date | null,
): 'question' | 'notice' | 'answer' | 'before_merge' | null {
  if (part.kind === 'message' && (part.message === 'question' || part.message === 'notice')) return part.message
  if (part.kind === 'photo' && part.isInAnswer) return 'answer'
  return since !== null && part.at < since ? 'before_merge' : null
}

/**
 * Whether a second matter can be taken out of a report: one that follows another or was refused holds none to work on.
 */
export function isSplittable(state: ReportState): boolean {
  return ([...openStates, 'answered', 'closed'] as readonly ReportState[]).includes(state)
}

const dayMillis = 86_400_000

/** Merged again within a day into the report that it was split from, it brings back what it had taken along. */
export function bringsBack<Split extends { fromReportId: number; at: Date }>(
  split: Split | null,
  intoReportId: number,
  now: Date,
): split is Split {
  return split?.fromReportId === intoReportId && now.getTime() - split.at.getTime() <= dayMillis
}
