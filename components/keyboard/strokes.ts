/** The part of a KeyboardEvent that the matcher reads. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'> & {
  isComposing?: boolean
  keyCode?: number
}

/**
 * One press in the registry's notation: `j`, `Shift+n`, `Mod+Enter`, `?`. `Mod` is Ctrl, or ⌘ on a Mac.
 * A command's keys hold one stroke (`j`) or several after each other (`g q`).
 */
export type Stroke = string

const codesOfSigns: Readonly<Record<string, string>> = { '[': 'BracketLeft', ']': 'BracketRight' }
const namedKeys: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape' }

export function strokesOf(keys: string): Stroke[] {
  return keys.split(' ')
}

/**
 * The stroke of a press, or null for a press that no command may take: composing, AltGr and Alt chords, the bare
 * modifiers. Of the Alt chords only Enter is free: it types nothing, opens no menu and switches no language. Letters,
 * digits and brackets go by the physical key, because input methods such as UniKey send ư for `w` and ơ for `[` without
 * announcing a composition. Signs go by what they print, because keyboards differ in where they have them.
 */
export function strokeOf(press: KeyPress): Stroke | null {
  if (press.isComposing || press.keyCode === 229 || press.key === 'Process' || press.key === 'Dead') return null
  if (press.ctrlKey && press.metaKey) return null
  if (press.altKey) return press.key === 'Enter' && isAltAlone(press) ? 'Alt+Enter' : null
  const name = keyNameOf(press)
  if (name === null) return null
  const mod = press.ctrlKey || press.metaKey
  // Ctrl+Shift switches the typing language on many office machines.
  if (mod && press.shiftKey) return null
  if (mod) return `Mod+${name}`
  return press.shiftKey && !isSign(name) ? `Shift+${name}` : name
}

/** The digit from 1 that a press means, without modifiers; null for every other press. */
export function digitOf(press: KeyPress): number | null {
  const stroke = strokeOf(press)
  return stroke !== null && /^[1-9]$/.test(stroke) ? Number(stroke) : null
}

/** The digit from 1 that a press would type: none where an input method turned it into a vowel. */
export function digitTyped(press: KeyPress): number | null {
  const digit = digitOf(press)
  return digit !== null && press.key === String(digit) ? digit : null
}

const isAltAlone = ({ ctrlKey, metaKey, shiftKey }: KeyPress) => !ctrlKey && !metaKey && !shiftKey

function keyNameOf({ key, code }: KeyPress): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return letter.toLowerCase()
  const digit = /^Digit([0-9])$/.exec(code)?.[1]
  // Shift with a digit prints a sign, which may be a key itself; a vowel from an input method still counts as the
  // digit.
  if (digit) return isSign(key) ? key : digit
  const bracket = Object.keys(codesOfSigns).find((sign) => codesOfSigns[sign] === code)
  if (bracket) return bracket
  if (key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta' || key === 'CapsLock') return null
  if (namedKeys[key]) return namedKeys[key]
  // An input method that sends no physical key at all still reports the typed character.
  return /^[a-z0-9]$/i.test(key) ? key.toLowerCase() : key
}

function isSign(name: string): boolean {
  return name.length === 1 && /[\p{P}\p{S}]/u.test(name)
}

/** Prints a character (WCAG 2.1.4): such strokes are inactive when the account turns single keys off. */
export function isCharacterStroke(stroke: Stroke): boolean {
  const name = stroke.replace(/^Shift\+/, '')
  return name.length === 1
}
