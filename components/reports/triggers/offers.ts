/** Something to put in place of a trigger. */
export type Offer = {
  id: string
  label: string
  /** Beside the label, set apart. */
  tag?: string
  /** A second, quieter line. */
  note?: string
  /** Some of what would be put in place. */
  preview?: string
  text: string
}

/**
 * `coming`: more of them may be on their way; `missing`: they could not be fetched, and what is there may not be all.
 */
export type Offers = { options: readonly Offer[]; state: 'there' | 'coming' | 'missing' }
