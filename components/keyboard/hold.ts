import { flushSync } from 'react-dom'
import { isTextField } from './places.ts'

/**
 * While a panel opens (its code or the facts it shows are on their way, its first field has no focus yet) the keyboard belongs to what is
 * opening: no command fires, and what is typed lands in the first field as soon as that is there.
 */
type Hold = { onEscape: (() => void) | undefined }

export type Held = {
  isHeld: boolean
  typed: string
  /** Ctrl+Enter came last: what was chosen blind is sent. */
  isSent?: boolean
}

const panels = 'dialog,[role="dialog"],[role="alertdialog"],[role="menu"],[data-own-keys]'
const idle: Held = { isHeld: false, typed: '' }

const holds = new Set<Hold>()
const listeners = new Set<() => void>()
let held: Held = idle
/** The field that has just got the focus: what was typed is put there once its own code has settled. */
let landing: ReturnType<typeof setTimeout> | undefined

/** Holds the keyboard until it is released, or until the focus arrives in a panel. Escape lets go, and tells whoever opens it. */
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

/** What has been typed after one more press, or null for a press that types nothing. */
export function typedAfter(typed: string, press: Pick<KeyboardEvent, 'key'>): string | null {
  if (press.key === 'Backspace') return [...typed].slice(0, -1).join('')
  return [...press.key].length === 1 ? typed + press.key : null
}

function put(next: Held) {
  held = next
  for (const listener of listeners) listener()
}

function listen() {
  window.addEventListener('keydown', take, { capture: true })
  document.addEventListener('focusin', land)
}

function take(press: KeyboardEvent) {
  // The person went into another field meanwhile: the words are meant for it.
  if (landing === undefined && press.target instanceof Element && isTextField(press.target)) return
  press.stopImmediatePropagation()
  // Chords are the browser's: reload, close, another tab. Those of the desk would act on what is no longer in sight.
  if ((press.ctrlKey || press.metaKey || press.altKey) && press.key !== 'Enter') return
  press.preventDefault()
  if (press.key === 'Escape') return leave()
  if (press.key === 'Enter' && (press.ctrlKey || press.metaKey)) return put({ ...held, isSent: true })
  const typed = typedAfter(held.typed, press)
  if (typed !== null) put({ isHeld: true, typed })
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
  const { typed: all, isSent } = held
  holds.clear()
  stop()
  put(idle)
  if (all === '' || !place) return
  const typed = afterChoice(place, all)
  // Only what a digit has chosen is as sure as if it had been seen; words in a field may not be all of them.
  if (typed === '') return isSent ? send() : undefined
  const field = isTextField(place) ? place : firstTextField(place)
  if (field) writeInto(field, typed)
}

function stop() {
  clearTimeout(landing)
  landing = undefined
  window.removeEventListener('keydown', take, { capture: true })
  document.removeEventListener('focusin', land)
}

/** A digit that chooses something where the focus has come to does so now, as it would have a moment later. */
function afterChoice(place: Element, typed: string): string {
  const digit = /^[1-9]/.exec(typed)?.[0]
  if (!digit || place.closest(panels) === null) return typed
  const press = { key: digit, code: `Digit${digit}`, bubbles: true, cancelable: true }
  return place.dispatchEvent(new KeyboardEvent('keydown', press)) ? typed : typed.slice(1)
}

/** Once the choice has been drawn, so that it is the choice that is sent. */
function send(): void {
  setTimeout(() => {
    const press = { key: 'Enter', code: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
  })
}

function firstTextField(place: Element): Element | undefined {
  // Among a few choices the arrows choose: letters were not meant for a field further down.
  if (place instanceof HTMLInputElement && place.type === 'radio') return undefined
  const panel = place.closest(panels)
  return [...(panel?.querySelectorAll('input, textarea') ?? [])].find(isTextField)
}

function writeInto(field: Element, text: string) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return
  field.focus()
  const { selectionStart: start, selectionEnd: end } = field
  if (start === null || end === null) return
  field.setRangeText(text, start, end, 'end')
  // Taken over at once: what the field still had in hand would otherwise select or replace the words.
  flushSync(() => field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text })))
}
