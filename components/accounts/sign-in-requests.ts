import type { Refusal } from '#components/trpc/refusal.ts'

/** Calls next-auth's routes directly: three requests do not need its client in the browser. */
async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  return fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  })
}

/** Signs in. Returns a refusal; throws when the request itself failed. */
export async function signIn(username: string, password: string): Promise<Refusal | null> {
  const response = await post('callback/credentials', { username, password })
  if (response.ok) return null
  if (response.status === 503) return { code: 'unavailable', details: {} }
  const { url } = (await response.json()) as { url?: string }
  return url ? refusalOfWord(new URL(url).searchParams.get('error') ?? 'defect') : { code: 'defect', details: {} }
}

/** Navigates to the city's own sign-in page and from there to `from`. */
export async function signInThroughCity(from: string, { askAnew = false } = {}): Promise<void> {
  const response = await post(askAnew ? 'signin/oidc?prompt=login' : 'signin/oidc', { callbackUrl: from })
  const { url } = (await response.json()) as { url: string }
  window.location.assign(url)
}

export async function signOut(): Promise<void> {
  await post('signout', {})
}

/** Reads the error in the address of the sign-in page: a code, then after a colon seconds or a fault code. */
export function refusalOfWord(word: string): Refusal {
  const [code = 'defect', more] = word.split(':')
  if (more === undefined) return { code, details: {} }
  return { code, details: code === 'defect' ? { fault: more } : { seconds: Number(more) } }
}
