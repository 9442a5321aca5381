/** Time enough for a second press by habit, and too little to have read what has come in its place. */
const habit = 700

const panels = 'dialog,[role="dialog"],[role="alertdialog"],[role="menu"]'
const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta']

let rested = 0

/**
 * What was sent with Enter is sent: Enter pressed once more out of habit, or held down a little long, is not meant for
 * the report or the row that has come in its place. Another key, or a moment, gives it back. Whoever sends with a chord
 * does not press Enter alone by habit.
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
  // What asks something else meanwhile is answered.
  if (press.target instanceof Element && press.target.closest(panels)) return
  if (press.repeat) rested = press.timeStamp
  press.preventDefault()
  press.stopImmediatePropagation()
}
