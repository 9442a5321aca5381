let isLeaving = false

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => (isLeaving = true), { capture: true })
  window.addEventListener('pageshow', () => (isLeaving = false))
}

/** Like `fetch`; a request sent while the page is closing outlives it. */
export const fetchThrough: typeof fetch = (input, init) => fetch(input, isLeaving ? { ...init, keepalive: true } : init)
