import { flushSync } from 'react-dom'
import { isTextField } from './places.ts'

/**
 * While a panel opens (its code or data is loading, its first field has no focus yet) the keyboard belongs to that
 * panel: no command fires, and what is typed is inserted into the first field as soon as that is there.
 */
type Hold = { onEscape: (() => void) | undefined }

export type Held = {
  isHeld: boolean
  typed: string
  /**
   * Ctrl+Enter came last: what was typed or chosen ahead is submitted. Nothing pressed after it counts, except Escape.
   */
  isSent?: boolean
  /**
   * Something was pressed that the text here does not show (a line break, Tab, the window of an input method): the text
   * may be incomplete.
   */
  isUnsure?: boolean
  /** The arrow keys among them: in a menu they move on from the focused line. */
  arrows?: readonly string[]
}

const panels = 'dialog,[role="dialog"],[role="alertdialog"],[role="menu"],[data-own-keys]'
const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']
const idle: Held = { isHeld: false, typed: '' }

const holds = new Set<Hold>()
const listeners = new Set<() => void>()
let held: Held = idle
/**
 * Timer after a field has got the focus: the text is inserted once the field's own code has settled, and submitted once
 * that has been rendered.
 */
let landing: ReturnType<typeof setTimeout> | undefined

/**
 * Holds the keyboard until it is released, or until the focus arrives in a panel. Escape releases it and calls
 * `onEscape`.
 */
export function holdKeys(onEscape?: () => void): () => void {
  const hold: Hold = { onEscape }
  if (holds.size === 0) listen()
  holds.add(hold)
  put({ ...held, isHeld: true })
  return () => {
    if (holds.delete(hold) && holds.size === 0 && landing === undefined) finish(document.activeElement)
  }
}

export function subscribeToHold(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const heldNow = (): Held => held
export const heldOnServer = (): Held => idle

type Press = Pick<KeyboardEvent, 'key'> & Partial<Pick<KeyboardEvent, 'ctrlKey' | 'metaKey'>>

/** The held input after one more press. */
export function heldAfter(held: Held, press: Press): Held {
  const { key } = press
  if (held.isSent || modifiers.includes(key)) return held
  if (key === 'Enter' && (press.ctrlKey || press.metaKey)) return { ...held, isSent: true }
  if (key === 'Backspace') return { ...held, typed: [...held.typed].slice(0, -1).join('') }
  if ([...key].length === 1) return { ...held, typed: held.typed + key }
  const arrows = key.startsWith('Arrow') && { arrows: [...(held.arrows ?? []), key] }
  return { ...held, isUnsure: true, ...arrows }
}

function put(next: Held) {
  held = next
  for (const listener of listeners) listener()
}

function listen() {
  window.addEventListener('keydown', take, { capture: true })
  window.addEventListener('beforeinput', takeText, { capture: true })
  document.addEventListener('focusin', land)
}

function take(press: KeyboardEvent) {
  // The user moved to another field meanwhile: the input is meant for that one.
  if (landing === undefined && press.target instanceof Element && isTextField(press.target)) return
  // The target is there already: with the text inserted, the key has its usual effect there.
  if (landing !== undefined && areWordsSure(press) && isUsedBy(document.activeElement, press)) {
    return finish(document.activeElement)
  }
  press.stopImmediatePropagation()
  // Chords belong to the browser: reload, close, another tab. Chords of the desk would act on what is no longer
  // visible.
  if (isChord(press) && press.key !== 'Enter') return
  press.preventDefault()
  if (press.key === 'Escape') return leave()
  const next = heldAfter(held, press)
  if (next !== held) put(next)
}

const isChord = ({ ctrlKey, metaKey, altKey }: KeyboardEvent) => ctrlKey || metaKey || altKey

const areWordsSure = ({ isComposing }: KeyboardEvent) => !isComposing && !held.isSent && !held.isUnsure

const acting = ['Enter', 'Tab', 'Home', 'End', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']

/**
 * Whether the focused element handles the key itself. Chords do, except Ctrl+Enter, which waits until the text has been
 * rendered. A space or a digit with nothing typed before it chooses where there is no text field; otherwise it is text.
 */
function isUsedBy(place: Element | null, press: KeyboardEvent): boolean {
  const { key } = press
  if (isChord(press)) return !modifiers.includes(key) && (key !== 'Enter' || press.altKey)
  return acting.includes(key) || (/^[ 1-9]$/.test(key) && held.typed === '' && place !== null && !isTextField(place))
}

/**
 * Text that an input method inserts into the newly focused field without a key event: it comes after the keys that are
 * still held.
 */
function takeText(input: InputEvent) {
  if (landing === undefined || held.typed === '' || input.inputType !== 'insertText' || input.data === null) return
  input.preventDefault()
  input.stopImmediatePropagation()
  put([...input.data].reduce((known, key) => heldAfter(known, { key }), held))
}

function leave() {
  const told = [...holds].map(({ onEscape }) => onEscape)
  holds.clear()
  put(idle)
  stop()
  for (const tell of told) tell?.()
}

function land({ target }: FocusEvent) {
  if (!(target instanceof HTMLElement) || landing !== undefined) return
  // The frame of a dialog takes the focus first and passes it on.
  if (!isTextField(target) && (target.matches(panels) || target.closest(panels) === null)) return
  landing = setTimeout(() => finish(document.activeElement))
}

function finish(place: Element | null) {
  const { typed, isSent, isUnsure, arrows = [] } = held
  holds.clear()
  stop()
  const isTakenIn = place !== null && takeIn(place, typed)
  if (isSent && isTakenIn && !isUnsure) return send()
  put(idle)
  if (place?.closest('[role="menu"]')) for (const key of arrows) pressOn(document.activeElement, { key, code: key })
}

function stop() {
  clearTimeout(landing)
  landing = undefined
  window.removeEventListener('keydown', take, { capture: true })
  window.removeEventListener('beforeinput', takeText, { capture: true })
  document.removeEventListener('focusin', land)
}

/**
 * Inserts what was typed into its target; false if there is none, or if it is incomplete: a name is still to be chosen.
 */
function takeIn(place: Element, all: string): boolean {
  const typed = afterChoice(place, all)
  if (typed === '') return isPlace(place)
  const field = isTextField(place) ? place : firstTextField(place)
  return field !== undefined && writeInto(field, typed) && field.role !== 'combobox'
}

const isPlace = (element: Element) => isTextField(element) || element.closest(panels) !== null

/** A digit that chooses something at the focused element does so now, as it would have a moment later. */
function afterChoice(place: Element, typed: string): string {
  const digit = /^[1-9]/.exec(typed)?.[0]
  if (!digit || place.closest(panels) === null) return typed
  return pressOn(place, { key: digit, code: `Digit${digit}` }) ? typed.slice(1) : typed
}

/** Dispatches a key press there, and returns whether something handled it. */
const pressOn = (place: Element | null, press: KeyboardEventInit): boolean =>
  place?.dispatchEvent(new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true })) === false

/**
 * Submits once the text or the choice has been rendered, so that exactly this is sent. Until then the keys are still
 * held: it is sent only once.
 */
function send(): void {
  listen()
  landing = setTimeout(() => {
    stop()
    put(idle)
    const place = document.activeElement
    // If the target has closed meanwhile, the page below would handle the keys.
    if (place && isPlace(place)) pressOn(place, { key: 'Enter', code: 'Enter', ctrlKey: true })
  })
}

function firstTextField(place: Element): Element | undefined {
  // In a group of radio buttons the arrows choose: letters were not meant for a field further down.
  if (place instanceof HTMLInputElement && place.type === 'radio') return undefined
  const panel = place.closest(panels)
  return [...(panel?.querySelectorAll('input, textarea') ?? [])].find(isTextField)
}

function writeInto(field: Element, text: string): boolean {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false
  field.focus()
  const { selectionStart: start, selectionEnd: end } = field
  if (start === null || end === null) return false
  field.setRangeText(text, start, end, 'end')
  // Applied synchronously: pending updates of the field would otherwise select or replace the text.
  flushSync(() => field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text })))
  return true
}
