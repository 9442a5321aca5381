import type { WaitingNote } from '#components/reports/outbox/outbox.ts'
import type { TimelineEntry } from '#server/reports/rules/timeline.ts'

/**
 * A note as the timeline will show it; `place` among those in progress: between the last entry and whatever comes next.
 */
export function foreseenNote(
  timeline: readonly TimelineEntry[],
  { id, body, writtenAt }: WaitingNote,
  place: number,
  author: string,
): TimelineEntry {
  return {
    id: (timeline.at(-1)?.id ?? 0) + 1 - 1 / (place + 2),
    at: new Date(writtenAt),
    event: 'note_added',
    who: { kind: 'staff', name: author, position: null, agency: null, onBehalfOf: null },
    isPublic: false,
    isUndone: false,
    from: null,
    to: null,
    values: {},
    changes: [],
    words: { voice: 'note', text: body.trim() },
    answerId: null,
    fileId: null,
    noteId: id,
    mentions: [],
    contactCorrected: false,
    linkHandedOut: false,
    moved: null,
  }
}
