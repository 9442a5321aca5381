/** Milliseconds. Enough for a habitual second press, and too short to have read what has come instead. */
const habit = 700

const panels = 'dialog,[role="dialog"],[role="alertdialog"],[role="menu"]'
const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta']

let rested = 0

/**
 * Ignores Enter for a moment after a submit with Enter: pressed again out of habit, or held too long, it is not meant
 * for the report or row that has come instead. Another key, or the time limit, ends this. Users who submit with a chord
 * do not press Enter alone by habit.
 */
export function restEnter(): void {
  rested = performance.now()
  window.addEventListener('keydown', take, { capture: true })
}

function take(press: KeyboardEvent) {
  if (modifiers.includes(press.key)) return
  if (press.key !== 'Enter' || press.timeStamp - rested > habit) {
    window.removeEventListener('keydown', take, { capture: true })
    return
  }
  // A dialog or menu that has opened meanwhile gets the key.
  if (press.target instanceof Element && press.target.closest(panels)) return
  if (press.repeat) rested = press.timeStamp
  press.preventDefault()
  press.stopImmediatePropagation()
}
