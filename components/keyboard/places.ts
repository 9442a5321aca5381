import type { Command } from './commands.ts'

const textTypes = ['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file', 'image']

const dialogs = 'dialog,[role="dialog"],[role="alertdialog"]'

/** Elements that use letters and arrows themselves. */
const ownKeys =
  'dialog,[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"],[role="combobox"],[data-own-keys]'
const pressable =
  'button,a[href],summary,input,select,[role="button"],[role="link"],[role="checkbox"],[role="switch"],[role="tab"],[role="option"]'
const ownArrows = '[role="tablist"],[role="radiogroup"],[role="slider"],input[type="radio"],input[type="range"]'

export function isTextField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !textTypes.includes(element.type)
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  )
}

/** Whether a command (null: the beginning of one) may take this press given the focused element. */
export function mayTake(press: KeyboardEvent, command: Command | null): boolean {
  const place = press.target
  if (!(place instanceof Element)) return true
  if (isTextField(place)) return command?.inText === true
  const own = place.closest(ownKeys)
  if (own) return command?.inText === true || (command?.inDialog === true && own.matches(dialogs))
  const bare = !press.ctrlKey && !press.metaKey && !press.altKey
  if (bare && (press.key === 'Enter' || press.key === ' ')) return place.closest(pressable) === null
  if (press.key.startsWith('Arrow')) return place.closest(ownArrows) === null
  return true
}
