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
}

/** `coming`: more options may be loading; `missing`: loading failed, so the options may be incomplete. */
export type Offers = { options: readonly Offer[]; state: 'there' | 'coming' | 'missing' }
