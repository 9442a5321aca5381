import type { StatedOutcome } from '#server/reports/rules/outcome.ts'

/** An option that can replace a trigger. */
export type Offer = {
  id: string
  label: string
  /** Beside the label, visually separate. */
  tag?: string
  /** A second, quieter line. */
  note?: string
  /** The beginning of the inserted text. */
  preview?: string
  text: string
  /** The outcome that an answer with this text usually states. */
  outcome?: StatedOutcome | null
}

/** `coming`: more options may be loading; `missing`: loading failed, so the options may be incomplete. */
export type Offers = { options: readonly Offer[]; state: 'there' | 'coming' | 'missing' }
