import { flushSync } from 'react-dom'
import { isTextField } from './places.ts'

/**
 * While a panel opens (its code or the facts it shows are on their way, its first field has no focus yet) the keyboard
 * belongs to what is opening: no command fires, and what is typed lands in the first field as soon as that is there.
 */
type Hold = { onEscape: (() => void) | undefined }

export type Held = {
  isHeld: boolean
  typed: string
  /** Ctrl+Enter came last: what was typed or chosen blind is sent. Nothing pressed after it counts, but Escape. */
  isSent?: boolean
  /**
   * Something was pressed that the words here do not show (a line break, Tab, a typing tool's own window): they may not
   * be all.
   */
  isUnsure?: boolean
  /** The arrows among them: in a menu they go on from the line that has the focus. */
  arrows?: readonly string[]
}

const panels = 'dialog,[role="dialog"],[role="alertdialog"],[role="menu"],[data-own-keys]'
const modifiers = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock']
const idle: Held = { isHeld: false, typed: '' }

const holds = new Set<Hold>()
const listeners = new Set<() => void>()
let held: Held = idle
/**
 * What has just got the focus: what was typed is put there once its own code has settled, and sent once that has been
 * drawn.
 */
let landing: ReturnType<typeof setTimeout> | undefined

/**
 * Holds the keyboard until it is released, or until the focus arrives in a panel. Escape lets go, and tells whoever
 * opens it.
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

/** What is held after one more press. */
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
  // The person went into another field meanwhile: the words are meant for it.
  if (landing === undefined && press.target instanceof Element && isTextField(press.target)) return
  // What it was meant for is there already: with the words in it, the key does there what it does.
  if (landing !== undefined && areWordsSure(press) && isUsedBy(document.activeElement, press)) {
    return finish(document.activeElement)
  }
  press.stopImmediatePropagation()
  // Chords are the browser's: reload, close, another tab. Those of the desk would act on what is no longer in sight.
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
 * Chords do there what they do, but Ctrl+Enter, which waits until the words have been drawn. A blank or a digit with
 * nothing before it chooses where there is no text field; else it is one of the words.
 */
function isUsedBy(place: Element | null, press: KeyboardEvent): boolean {
  const { key } = press
  if (isChord(press)) return !modifiers.includes(key) && (key !== 'Enter' || press.altKey)
  return acting.includes(key) || (/^[ 1-9]$/.test(key) && held.typed === '' && place !== null && !isTextField(place))
}

/**
 * What a typing tool puts into the field that has just got the focus, without a key: it comes after the keys that are
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
  // The frame of a dialog takes the focus first and hands it on.
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
 * Puts what was typed where it was meant to go; false where that is nowhere, or where it says nothing yet: a name is
 * still to be chosen.
 */
function takeIn(place: Element, all: string): boolean {
  const typed = afterChoice(place, all)
  if (typed === '') return isPlace(place)
  const field = isTextField(place) ? place : firstTextField(place)
  return field !== undefined && writeInto(field, typed) && field.role !== 'combobox'
}

const isPlace = (element: Element) => isTextField(element) || element.closest(panels) !== null

/** A digit that chooses something where the focus has come to does so now, as it would have a moment later. */
function afterChoice(place: Element, typed: string): string {
  const digit = /^[1-9]/.exec(typed)?.[0]
  if (!digit || place.closest(panels) === null) return typed
  return pressOn(place, { key: digit, code: `Digit${digit}` }) ? typed.slice(1) : typed
}

/** Presses a key there, and says whether something took it. */
const pressOn = (place: Element | null, press: KeyboardEventInit): boolean =>
  place?.dispatchEvent(new KeyboardEvent('keydown', { ...press, bubbles: true, cancelable: true })) === false

/**
 * Once the words or the choice have been drawn, so that they are what is sent. Until then the keys are still held: it
 * is sent once.
 */
function send(): void {
  listen()
  landing = setTimeout(() => {
    stop()
    put(idle)
    const place = document.activeElement
    // Where it has closed meanwhile, the page below would take the keys for its own.
    if (place && isPlace(place)) pressOn(place, { key: 'Enter', code: 'Enter', ctrlKey: true })
  })
}

function firstTextField(place: Element): Element | undefined {
  // Among a few choices the arrows choose: letters were not meant for a field further down.
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
  // Taken over at once: what the field still had in hand would otherwise select or replace the words.
  flushSync(() => field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text })))
  return true
}
