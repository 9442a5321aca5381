import type { IncomingMessage } from 'node:http'
import { DomainError } from '#server/platform/errors.ts'

const callbackCookie = /(?:^|;\s*)(?:__Secure-)?next-auth\.callback-url=([^;]*)/g

/**
 * next-auth treats an address that it cannot parse as a server error. Such a parameter is refused; a cookie that
 * contains one is dropped, because its user could otherwise not sign in before clearing the browser.
 */
export function assertSignInRequest({ url, headers }: IncomingMessage): void {
  const parameters = new URL(url ?? '/', 'http://desk').searchParams
  if (!parameters.getAll('callbackUrl').every((address) => address === '' || isAddress(address))) {
    throw new DomainError('bad_input')
  }
  // It is returned in a response header, which allows only these characters.
  if (!parameters.getAll('error').every((word) => /^[ -~]*$/.test(word))) throw new DomainError('bad_input')
  if (headers.cookie) {
    headers.cookie = headers.cookie.replace(callbackCookie, (pair, value: string) =>
      isAddress(decoded(value)) ? pair : '',
    )
  }
}

/** As in next-auth: a path from the root, or an absolute web address. */
function isAddress(text: string): boolean {
  const base = text.startsWith('/') ? 'http://desk' : undefined
  return URL.canParse(text, base) && /^https?:$/.test(new URL(text, base).protocol)
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
