/** The option that was gone to with the arrows and stands out now, as it is shown: what is sent is what is seen. */
export function pointedOption(input: EventTarget): HTMLElement | null {
  const shown = input instanceof Element ? input.getAttribute('aria-activedescendant') : null
  const option = shown === null ? null : document.getElementById(shown)
  return option?.classList.contains('Mui-focusVisible') ? option : null
}
