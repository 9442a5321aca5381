/** On a form that was submitted before the code of its page had loaded. */
export const isEarly = 'data-early'

/**
 * An inline script. No form of the desk is submitted by the browser itself, which would put what is typed into the
 * address: React does it, and where it has not seen to the form yet, as soon as it has. It is sent as text, so it
 * refers to nothing outside itself.
 */
export function keepEarlySubmits(mark: string): void {
  // React listens at the document, so that its handlers have run before.
  window.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return
    event.preventDefault()
    if (event.target instanceof Element) event.target.setAttribute(mark, '')
  })
}
