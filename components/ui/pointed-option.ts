/** The option highlighted with the arrow keys, as it is shown: what is submitted is what the user sees. */
export function pointedOption(input: EventTarget): HTMLElement | null {
  const shown = input instanceof Element ? input.getAttribute('aria-activedescendant') : null
  const option = shown === null ? null : document.getElementById(shown)
  return option?.classList.contains('Mui-focusVisible') ? option : null
}
