import { useMemo, useSyncExternalStore } from 'react'
import { appRouter, shownPlace, subscribeToPlace } from '../place.ts'

/** Next's navigation in tests of components. */
export const useRouter = () => appRouter

export const usePathname = (): string => useSyncExternalStore(subscribeToPlace, () => shownPlace().pathname)

export function useSearchParams(): URLSearchParams {
  const search = useSyncExternalStore(subscribeToPlace, () => shownPlace().search)
  return useMemo(() => new URLSearchParams(search), [search])
}

/** Nothing is rendered on a server. */
export const useServerInsertedHTML = (): void => undefined

/** What a page throws instead of returning: it is answered by another page or address. */
export class Elsewhere extends Error {
  readonly kind: 'forbidden' | 'not-found' | 'redirect'
  readonly address: string | undefined

  constructor(kind: Elsewhere['kind'], address?: string) {
    super(`${kind} ${address ?? ''}`)
    this.kind = kind
    this.address = address
  }
}

export function forbidden(): never {
  throw new Elsewhere('forbidden')
}

export function notFound(): never {
  throw new Elsewhere('not-found')
}

export function redirect(address: string): never {
  throw new Elsewhere('redirect', address)
}
