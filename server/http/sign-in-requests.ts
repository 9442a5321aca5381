import type { IncomingMessage } from 'node:http'
import { DomainError } from '#server/platform/errors.ts'

const callbackCookie = /(?:^|;\s*)(?:__Secure-)?next-auth\.callback-url=([^;]*)/g

/**
 * next-auth takes an address that it cannot read for a mistake of ours. Of the request it is refused; a cookie that
 * holds one is left out, or whoever has it could not sign in before he clears his browser.
 */
export function assertSignInRequest({ url, headers }: IncomingMessage): void {
  const parameters = new URL(url ?? '/', 'http://desk').searchParams
  if (!parameters.getAll('callbackUrl').every((address) => address === '' || isAddress(address))) {
    throw new DomainError('bad_input')
  }
  // It comes back in the head of the answer, which holds no other letters.
  if (!parameters.getAll('error').every((word) => /^[ -~]*$/.test(word))) throw new DomainError('bad_input')
  if (headers.cookie) {
    headers.cookie = headers.cookie.replace(callbackCookie, (pair, value: string) =>
      isAddress(decoded(value)) ? pair : '',
    )
  }
}

/** As next-auth has it: one of ours from the root, or a whole one of the web. */
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
