/** The forms of the page. */
export const sayings = ['rate', 'reopen', 'add'] as const
export type Saying = (typeof sayings)[number]

/** A form that was not accepted: it is shown again with what was typed, and why. */
export type FormState = {
  saying: Saying | null
  code: string
  status: number
  typed: { rating: string; words: string }
}

/**
 * The header by which the endpoint hands the state of a form on to the page. Clients cannot set it: the endpoint
 * discards theirs.
 */
export const formHeader = 'x-citizen-form'

export const packForm = (state: FormState): string => encodeURIComponent(JSON.stringify(state))
export const unpackForm = (packed: string): FormState => JSON.parse(decodeURIComponent(packed)) as FormState

export const linkCookie = 'citizen_link'
