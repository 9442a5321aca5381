import { accountHeader } from '#server/accounts/rules/session.ts'

/**
 * What every request says: for which account the page was drawn. Nothing that still waits here is done in the name of
 * whoever signs in beside.
 */
export const drawnFor = (accountId: string | undefined): Record<string, string> =>
  accountId === undefined ? {} : { [accountHeader]: accountId }

/** The same for what the browser itself fetches: a file, the stream. */
export const addressFor = (address: string, headers: Record<string, string>): string =>
  `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(headers)}`
