const copied = [
  'boxSizing',
  'paddingTop',
  'paddingRight',
  'paddingBottom',
  'paddingLeft',
  'borderTopWidth',
  'borderLeftWidth',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'letterSpacing',
  'wordSpacing',
  'lineHeight',
  'tabSize',
] as const

/**
 * The position of a letter of the text on the screen. No browser API returns it, so a hidden copy of the field with the
 * same layout is measured.
 */
export function placeOfLetter(area: HTMLTextAreaElement, at: number): { left: number; top: number; bottom: number } {
  const style = getComputedStyle(area)
  const copy = document.createElement('div')
  for (const name of copied) copy.style[name] = style[name]
  Object.assign(copy.style, {
    position: 'absolute',
    visibility: 'hidden',
    borderStyle: 'solid',
    borderRightWidth: '0',
    width: `${area.clientWidth + Number.parseFloat(style.borderLeftWidth)}px`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word',
  })
  const letter = document.createElement('span')
  letter.textContent = area.value.slice(at) || '.'
  copy.append(area.value.slice(0, at), letter)
  document.body.append(copy)
  const { offsetLeft, offsetTop } = letter
  copy.remove()
  const frame = area.getBoundingClientRect()
  const top = frame.top + offsetTop - area.scrollTop
  return { left: frame.left + offsetLeft, top, bottom: top + Number.parseFloat(style.lineHeight) }
}
