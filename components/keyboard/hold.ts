import { flushSync } from 'react-dom'
import { isTextField } from './places.ts'

/**
 * While a panel opens (its code or data is loading, its first field has no focus yet) the keyboard belongs to that
 * panel: no command fires. Text, Backspace, Enter and Ctrl+Enter are kept for its first field; other keys do nothing.
 */
type Hold = { onEscape: (() => void) | undefined }

export type Held = {
  isHeld: boolean
  /** Enter is a line break in it: a field of one line takes what comes before, and then the Enter. */
  typed: string
  /** Ctrl+Enter came last: what was typed is submitted. Nothing pressed after it counts, except Escape. */
  isSent?: boolean
}

/** What has keys of its own while the focus is in it. */
const panels = 'dialog,[role="dialog"],[role="alertdialog"],[role="menu"],[data-own-keys]'
const idle: Held = { isHeld: false, typed: '' }

const holds = new Set<Hold>()
const listeners = new Set<() => void>()
let held: Held = idle
/** Runs after the first field has got the focus: its own code settles first, which may select or fill in a text. */
let landing: ReturnType<typeof setTimeout> | undefined

/**
 * Holds the keyboard until it is released, or until the focus arrives in a panel. Escape releases it and calls
 * `onEscape`.
 */
export function holdKeys(onEscape?: () => void): () => void {
  const hold: Hold = { onEscape }
  if (holds.size === 0) {
    window.addEventListener('keydown', take, { capture: true })
    document.addEventListener('focusin', land)
  }
  holds.add(hold)
  put({ ...held, isHeld: true })
  return () => {
    if (holds.delete(hold) && holds.size === 0 && landing === undefined) handOver()
  }
}

export function subscribeToHold(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether keys pressed here belong to a text or a panel, not to the page. */
export const isPlace = (element: Element | null): element is Element =>
  element !== null && (isTextField(element) || element.closest(panels) !== null)

export const heldNow = (): Held => held
export const heldOnServer = (): Held => idle

type Press = Pick<KeyboardEvent, 'key'> & Partial<Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'repeat'>>

/** The held input after one more press. */
export function heldAfter(held: Held, { key, ctrlKey, metaKey, repeat }: Press): Held {
  if (held.isSent) return held
  if (key === 'Backspace') return { ...held, typed: [...held.typed].slice(0, -1).join('') }
  // An Enter that repeats by itself is the one that opened the panel.
  if (key === 'Enter' && repeat) return held
  if (key === 'Enter') return ctrlKey || metaKey ? { ...held, isSent: true } : { ...held, typed: `${held.typed}\n` }
  return [...key].length === 1 ? { ...held, typed: held.typed + key } : held
}

function put(next: Held) {
  held = next
  for (const listener of listeners) listener()
}

function end() {
  holds.clear()
  clearTimeout(landing)
  landing = undefined
  window.removeEventListener('keydown', take, { capture: true })
  document.removeEventListener('focusin', land)
  put(idle)
}

function take(press: KeyboardEvent) {
  if (landing === undefined) {
    // The user moved to another field meanwhile: the input is meant for that one.
    if (press.target instanceof Element && isTextField(press.target)) return
    // The field has the focus: the key has its usual effect behind what was typed, unless that was submitted.
  } else if (!handOver()) return
  press.stopImmediatePropagation()
  // Chords belong to the browser: reload, close, another tab. Chords of the desk would act on what is no longer
  // visible.
  const { key, ctrlKey, metaKey, altKey } = press
  if (altKey || ((ctrlKey || metaKey) && key !== 'Enter')) return
  press.preventDefault()
  if (key === 'Escape') return leave()
  const next = heldAfter(held, press)
  if (holds.size > 0 && next !== held) put(next)
}

function leave() {
  const told = [...holds]
  end()
  for (const { onEscape } of told) onEscape?.()
}

function land({ target }: FocusEvent) {
  if (!(target instanceof HTMLElement) || landing !== undefined) return
  // The frame of a dialog takes the focus first and passes it on.
  if (!isPlace(target) || target.matches(panels)) return
  if (held.typed === '' && !held.isSent) return end()
  landing = setTimeout(handOver)
}

/** Gives what was typed to the panel that has the focus, and returns whether it was submitted there as well. */
function handOver(): boolean {
  const { typed, isSent = false } = held
  end()
  const place = document.activeElement
  const field = place && fieldAt(place)
  const isLine = field instanceof HTMLInputElement
  const isEntered = isLine && typed.includes('\n')
  if (field && typed !== '') writeInto(field, isLine ? (typed.split('\n')[0] ?? '') : typed)
  if (isEntered) enter(field)
  // Where nothing has opened the page below would handle the keys, and without what was typed something else is sent.
  else if (isSent && isPlace(place) && (field || typed === ''))
    pressEnter(submitterOf(field) ?? place, { ctrlKey: true })
  return isEntered || isSent
}

type Field = HTMLInputElement | HTMLTextAreaElement

/** Where Ctrl+Enter submits. In a list to choose from it would choose what a half-typed name points at. */
const submitterOf = (field: Field | null | undefined) => (field?.role === 'combobox' ? field.form : field)

const isField = (element: Element): element is Field =>
  (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) && isTextField(element)

/** The focused field, or the first one of the panel in which something else has the focus. */
function fieldAt(place: Element): Field | undefined {
  if (isField(place)) return place
  // In a group of radio buttons one chooses: letters were not meant for a field further down.
  if (place instanceof HTMLInputElement && place.type === 'radio') return undefined
  return [...(place.closest(panels)?.querySelectorAll('input, textarea') ?? [])].find(isField)
}

function writeInto(field: Field, text: string) {
  field.focus()
  const { selectionStart: start, selectionEnd: stop } = field
  if (text === '' || start === null || stop === null) return
  field.setRangeText(text, start, stop, 'end')
  // Rendered at once: what is pressed next acts on it.
  flushSync(() => field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text })))
  // The field's own code may have selected it meanwhile, as a name that what is typed next replaces.
  field.setSelectionRange(start + text.length, start + text.length)
}

function enter(field: HTMLInputElement) {
  if (pressEnter(field)) field.form?.requestSubmit()
}

/** Returns whether the browser would go on and submit the form. */
const pressEnter = (place: Element, chord: KeyboardEventInit = {}): boolean =>
  place.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true, ...chord }),
  )
