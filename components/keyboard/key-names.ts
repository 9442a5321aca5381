import { type CommandId, commandOf } from './commands.ts'
import { isCharacterStroke, strokesOf } from './strokes.ts'

const printed: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

/** The key caps of one stroke as printed on the keyboard: `Mod+Enter` → `Ctrl`, `Enter`. */
export function capsOf(stroke: string, mac = false): string[] {
  return stroke.split('+').map((name) => {
    if (name === 'Mod') return mac ? '⌘' : 'Ctrl'
    return printed[name] ?? (name.length === 1 ? name.toUpperCase() : name)
  })
}

/**
 * The first key sequence of a command that works with the account's setting, stroke by stroke; null if only the mouse
 * is left.
 */
export function firstKeysOf(id: CommandId, singleKeys: boolean): string[] | null {
  const ways = commandOf(id).keys.map(strokesOf)
  return ways.find((strokes) => singleKeys || !strokes.some(isCharacterStroke)) ?? null
}

/** For `aria-keyshortcuts`, which supports chords but no sequences. */
export function ariaKeysOf(id: CommandId): string | undefined {
  const chords = commandOf(id).keys.filter((keys) => !keys.includes(' '))
  return chords.length === 0 ? undefined : chords.map((keys) => keys.replace('Mod', 'Control')).join(' ')
}
