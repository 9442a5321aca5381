import type { EventName } from '#server/events/rules/event-names.ts'

/** The kinds of notifications. `webhook.test` is only sent manually. */
export const webhookKinds = [
  'report.received',
  'report.assigned',
  'report.state_changed',
  'report.information_requested',
  'report.answered',
  'report.rated',
  'report.reopened',
  'bulletin.published',
  'bulletin.withdrawn',
] as const
export type WebhookKind = (typeof webhookKinds)[number]

type ToldOf = Extract<EventName, `report.${string}` | `bulletin.${string}`>

/**
 * The kind of notification for each event of reports and bulletins. Every event is listed, so that a new one does not
 * compile without a decision. Null: not sent, because the event is not public or because another event covers it.
 *
 * `report.state_changed` is only sent if the public state differs from before.
 */
export const kindOfEvent = {
  'report.received': 'report.received',
  'report.assigned': 'report.assigned',
  'report.transferred': 'report.assigned',
  'report.handed_over': 'report.assigned',
  'report.accepted': 'report.state_changed',
  'report.returned': 'report.state_changed',
  'report.merged': 'report.state_changed',
  'report.unmerged': 'report.state_changed',
  'report.citizen_replied': 'report.state_changed',
  // A rejection that needs an answer is covered by the answer.
  'report.rejected': 'report.state_changed',
  'report.citizen_asked': 'report.information_requested',
  'report.answer_sent': 'report.answered',
  'report.answer_passed_on': 'report.answered',
  'report.rated': 'report.rated',
  'report.reopened': 'report.reopened',
  // An answer is covered by the event of its sending; until then it can be withdrawn.
  'report.follow_up_requested': null,
  'report.followed_up': null,
  'report.follow_up_refused': null,
  'report.answer_submitted': null,
  'report.answered': null,
  'report.answer_approved': null,
  'report.answer_sent_back': null,
  'report.answer_withdrawn': null,
  'report.answer_scheduled': null,
  'report.approval_scheduled': null,
  'report.answer_rescheduled': null,
  'report.answer_unscheduled': null,
  // A decision that was undone was never sent, so undoing it is not sent either.
  'report.taken_back': null,
  // An answered report already has the public state handled.
  'report.closed': null,
  // The parts have events as separate reports.
  'report.split': null,
  // Internal work of agencies.
  'report.parts_handed_over': null,
  'report.parts_taken_over': null,
  'report.linked': null,
  'report.unlinked': null,
  'report.transfer_requested': null,
  'report.transfer_refused': null,
  'report.extension_requested': null,
  'report.extended': null,
  'report.extension_refused': null,
  'report.pause_requested': null,
  'report.paused': null,
  'report.pause_refused': null,
  'report.resumed': null,
  'report.person_assigned': null,
  'report.note_added': null,
  'report.draft_shared': null,
  'report.draft_taken_back': null,
  'report.information_added': null,
  'report.photo_added': null,
  'report.photo_removed': null,
  'report.category_changed': null,
  'report.severity_changed': null,
  'report.place_changed': null,
  'report.tags_changed': null,
  'report.incident_linked': null,
  'report.deadline_recomputed': null,
  'report.escalated': null,
  'report.reporter_revealed': null,
  'report.suggestion_dismissed': null,
  'report.suggestion_revived': null,
  'report.notice_sent': null,
  'report.notice_covered': null,
  'report.copy_saved': null,
  'report.copy_published': null,
  'report.copy_withdrawn': null,
  'report.explanation_asked': null,
  'report.explanation_given': null,
  'report.explanation_withdrawn': null,
  'report.citizen_link_given': null,
  'report.citizen_links_revoked': null,
  // Personal messages to the citizen are not public.
  'report.delivery_sent': null,
  'report.delivery_confirmed': null,
  'report.delivery_failed': null,
  'report.delivery_repeated': null,
  'report.delivery_posted': null,
  'report.delivery_told': null,
  'report.contact_corrected': null,
  'bulletin.published': 'bulletin.published',
  'bulletin.published_unreviewed': 'bulletin.published',
  'bulletin.withdrawn': 'bulletin.withdrawn',
  'bulletin.unpublished': 'bulletin.withdrawn',
  // The bulletin that replaces it has an event.
  'bulletin.superseded': null,
  // Internal editorial work.
  'bulletin.created': null,
  'bulletin.saved': null,
  'bulletin.typo_mended': null,
  'bulletin.revision_restored': null,
  'bulletin.submitted': null,
  'bulletin.taken_back': null,
  'bulletin.review_claimed': null,
  'bulletin.review_released': null,
  'bulletin.changes_requested': null,
  'bulletin.approved': null,
  'bulletin.scheduled': null,
  'bulletin.unscheduled': null,
  'bulletin.looked_back': null,
  'bulletin.correction_begun': null,
  'bulletin.correction_discarded': null,
  'bulletin.remark_added': null,
  'bulletin.remark_resolved': null,
  'bulletin.preview_made': null,
  'bulletin.previews_revoked': null,
  'bulletin.discarded': null,
  'bulletin.brought_back': null,
} as const satisfies Record<ToldOf, WebhookKind | null>

/** The events that the trigger marks; a test compares both lists. */
export const toldEvents = (Object.keys(kindOfEvent) as (keyof typeof kindOfEvent)[]).filter(
  (event) => kindOfEvent[event] !== null,
)

export const kindOf = (event: string): WebhookKind | null =>
  event in kindOfEvent ? kindOfEvent[event as keyof typeof kindOfEvent] : null
