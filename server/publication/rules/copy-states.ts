/** A draft waits for its review; what was published may be withdrawn, and what never was may be kept back so. */
export const copyStates = ['draft', 'published', 'withdrawn'] as const
export type CopyState = (typeof copyStates)[number]

/** Why a copy that had been reviewed waits again. */
export const copyCauses = ['text_changed', 'photos_changed', 'merged', 'rejected'] as const
export type CopyCause = (typeof copyCauses)[number]

/** Why a copy waits, also one that stays public: proof that was sent after its review is not shown yet. */
export type WaitingCause = CopyCause | 'proof_sent'
