/** The value lists of the records on a report: messages, answers, requests, photos. */
export const activityMakers = ['citizen', 'staff', 'system'] as const
export type ActivityMaker = (typeof activityMakers)[number]

/** A notice is the city's message to all reporters of an incident: it asks nothing and answers nothing. */
export const messageKinds = ['question', 'reply', 'added', 'notice'] as const
export type MessageKind = (typeof messageKinds)[number]

export const answerKinds = ['answer', 'rejection'] as const
export type AnswerKind = (typeof answerKinds)[number]

/** submitted → sent_back | queued → sent | withdrawn. */
export const answerStatuses = ['submitted', 'sent_back', 'queued', 'sent', 'withdrawn'] as const
export type AnswerStatus = (typeof answerStatuses)[number]

export const requestStatuses = ['pending', 'approved', 'refused', 'withdrawn'] as const
export type RequestStatus = (typeof requestStatuses)[number]

export const photoKinds = ['citizen', 'proof', 'staff'] as const
export type PhotoKind = (typeof photoKinds)[number]

/** Maximum number of photos of a report. */
export const mostPhotos = 40

export const templateUses = ['answer', 'reject', 'ask_citizen'] as const
export type TemplateUse = (typeof templateUses)[number]
