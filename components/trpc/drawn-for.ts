import { accountHeader } from '#server/accounts/rules/session.ts'

/**
 * Every request states the account for which the page was rendered. So nothing that still waits here is done in the
 * name of another account that signs in.
 */
export const drawnFor = (accountId: string | undefined): Record<string, string> =>
  accountId === undefined ? {} : { [accountHeader]: accountId }

/** The same for what the browser itself loads: a file, the stream. */
export const addressFor = (address: string, headers: Record<string, string>): string =>
  `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(headers)}`
