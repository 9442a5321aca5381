/**
 * A refusal that the screen can explain: a code (translated under `refusals.<code>`) and the values for its message.
 * Anything else that is thrown is a defect.
 */
export class DomainError extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}
