export type Format = 'json' | 'xml'

export type Asked =
  | { is: 'discovery' }
  | { is: 'services' }
  | { is: 'definition'; code: string }
  | { is: 'requests' }
  | { is: 'updates' }
  | { is: 'request'; id: string }
  | { is: 'token'; token: string }
  | { is: 'photo'; id: string; fileId: string }

export const open311Path = '/open311'
export const endpointPath = `${open311Path}/v2`

const keyed = new RegExp(`^${endpointPath}/k/([^/]+)(?=/|$)`)

/**
 * Takes the key out of an address below `/open311/v2/k/{key}/`, which reads like the endpoint without it: programs that
 * send no key with GET have only the address of the endpoint to say who they are. `key`: null in any other address.
 */
export function withoutKey(path: string): { path: string; key: string | null } {
  const [beginning, key] = keyed.exec(path) ?? []
  return beginning === undefined || key === undefined
    ? { path, key: null }
    : { path: `${endpointPath}${path.slice(beginning.length)}`, key }
}

/** The path of the endpoint, with the key where the address had one. */
export const endpointOf = (key: string | null): string => (key === null ? endpointPath : `${endpointPath}/k/${key}`)

const forms: readonly { path: RegExp; asked: (parts: readonly string[]) => Asked }[] = [
  { path: /^(?:\/v2)?\/discovery$/, asked: () => ({ is: 'discovery' }) },
  { path: /^\/v2\/services$/, asked: () => ({ is: 'services' }) },
  { path: /^\/v2\/services\/([^/]+)$/, asked: ([code = '']) => ({ is: 'definition', code }) },
  { path: /^\/v2\/requests$/, asked: () => ({ is: 'requests' }) },
  { path: /^\/v2\/servicerequestupdates$/, asked: () => ({ is: 'updates' }) },
  { path: /^\/v2\/requests\/([^/]+)$/, asked: ([id = '']) => ({ is: 'request', id }) },
  { path: /^\/v2\/tokens\/([^/]+)$/, asked: ([token = '']) => ({ is: 'token', token }) },
]
const photo = /^\/v2\/requests\/([^/]+)\/photos\/([0-9a-f-]{36})\.jpg$/

export const isOpen311 = (path: string): boolean => path === open311Path || path.startsWith(`${open311Path}/`)

/** The format by the ending of the address: XML only where it says so, also for an address that does not exist. */
export const formatOf = (path: string): Format => (path.endsWith('.xml') ? 'xml' : 'json')

/** What an address asks for; null if it is none of the standard's. */
export function readAddress(path: string): Asked | null {
  const [, id, fileId] = photo.exec(path.slice(open311Path.length)) ?? []
  if (id !== undefined && fileId !== undefined) return { is: 'photo', id: decodeURIComponent(id), fileId }
  const [, place] = /^\/open311(\/.*)\.(?:json|xml)$/.exec(path) ?? []
  if (place === undefined) return null
  for (const { path: form, asked } of forms) {
    const found = form.exec(place)
    if (found) return asked(found.slice(1).map(decodeURIComponent))
  }
  return null
}

export const photoPath = (id: string, fileId: string): string =>
  `${endpointPath}/requests/${encodeURIComponent(id)}/photos/${fileId}.jpg`
