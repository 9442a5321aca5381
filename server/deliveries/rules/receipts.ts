import { messageNumber, valueAt, valuesIn } from './template.ts'

/** The address at which providers report what became of a message; a secret of the gateway follows. */
export const receiptPath = '/api/delivery-receipts'
const address = new RegExp(`^${receiptPath}/([\\w-]{43})$`)

export const isReceiptPath = (path: string): boolean => path === receiptPath || path.startsWith(`${receiptPath}/`)
export const receiptTokenIn = (path: string): string | null => address.exec(path)?.[1] ?? null

/** What a provider reported about a message that it had accepted. */
export const reportedStates = ['delivered', 'refused'] as const
export type ReportedState = (typeof reportedStates)[number]

/** Where a report has the number of the message and its state, and the values that are final. */
export type ReceiptRule = {
  receiptNumberField: string
  receiptStateField: string
  deliveredValues: string
  undeliveredValues: string
}

export type Receipt = { number: string; state: ReportedState | null }

/** What a report says; its state is null if it is not final. Null: it names no message. */
export function receiptFrom(sent: Sent, rule: ReceiptRule): Receipt | null {
  const number = rule.receiptNumberField === '' ? null : fieldOf(sent, rule.receiptNumberField)
  if (number === null || !messageNumber.test(number)) return null
  const state = rule.receiptStateField === '' ? null : fieldOf(sent, rule.receiptStateField)
  if (state === null) return { number, state: null }
  if (valuesIn(rule.deliveredValues).includes(state)) return { number, state: 'delivered' }
  return { number, state: valuesIn(rule.undeliveredValues).includes(state) ? 'refused' : null }
}

/** A report in JSON, or as the fields of a form or of an address. */
export type Sent = { json: string } | { fields: URLSearchParams }

const fieldOf = (sent: Sent, name: string): string | null =>
  'json' in sent ? valueAt(sent.json, name) : sent.fields.get(name)
