export const sayings = ['rate', 'reopen', 'add'] as const
export type Saying = (typeof sayings)[number]

/** A refused form, which is shown again with the values that were typed and the reason. */
export type FormState = {
  saying: Saying | null
  code: string
  status: number
  typed: { rating: string; words: string }
}

/**
 * The header by which the endpoint passes the state of a form to the page. The endpoint discards this header of
 * clients, so they cannot set it.
 */
export const formHeader = 'x-citizen-form'

export const packForm = (state: FormState): string => encodeURIComponent(JSON.stringify(state))
export const unpackForm = (packed: string): FormState => JSON.parse(decodeURIComponent(packed)) as FormState

export const linkCookie = 'citizen_link'
