const aYear = 365 * 24 * 60 * 60

export const railCookie = 'rail'

/** A choice of this browser that the server needs for its first rendering, so that nothing jumps at hydration. */
export function rememberHere(name: string, value: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and on plain HTTP
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${aYear}; samesite=lax${secure}`
}

export function isRemembered(name: string): boolean {
  return document.cookie.split('; ').some((each) => each.startsWith(`${name}=`))
}
