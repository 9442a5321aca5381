import { commands as allCommands, type Command } from './commands.ts'
import { isCharacterStroke, type Stroke, strokesOf } from './strokes.ts'

export const sequenceLapse = 1000

/** The strokes pressed so far that may still grow into a longer command, and the time of the last one. */
export type Pending = { strokes: readonly Stroke[]; at: number }

export const nothingPending: Pending = { strokes: [], at: 0 }

export type Match = {
  /** Every command these strokes complete; the scopes decide which one runs. */
  complete: readonly Command[]
  pending: Pending
  /** The press belongs to a command, or to the beginning of one: the browser must not act on it too. */
  taken: boolean
}

type Options = { singleKeys: boolean; commands?: readonly Command[] }

/**
 * Adds one press to those before it. A press that completes a command may also begin a longer one: `.` copies the code
 * at once, a second `.` within a second the title as well. A press that completes nothing ends the sequence: after a
 * prefix alone (`g`) it is swallowed with it, after a command (`.`) it counts for itself.
 */
export function advance(pending: Pending, stroke: Stroke, at: number, options: Options): Match {
  const usable = usableKeys(options)
  const alive = at - pending.at <= sequenceLapse ? pending.strokes : []
  const longer = find(usable, [...alive, stroke])
  if (longer.taken || alive.length === 0) return { ...longer, pending: pendingAfter(longer, [...alive, stroke], at) }
  if (find(usable, alive).complete.length === 0) return { complete: [], pending: nothingPending, taken: true }
  const alone = find(usable, [stroke])
  return { ...alone, pending: pendingAfter(alone, [stroke], at) }
}

type UsableKey = { command: Command; strokes: Stroke[] }
type Found = { complete: Command[]; growing: boolean; taken: boolean }

function usableKeys({ singleKeys, commands = allCommands }: Options): UsableKey[] {
  return commands
    .filter(({ typed }) => !typed)
    .flatMap((command) =>
      command.keys
        .map((keys) => ({ command, strokes: strokesOf(keys) }))
        .filter(({ strokes }) => singleKeys || !strokes.some(isCharacterStroke)),
    )
}

function find(usable: UsableKey[], pressed: readonly Stroke[]): Found {
  const begun = usable.filter(({ strokes }) => pressed.every((stroke, i) => strokes[i] === stroke))
  const complete = begun.filter(({ strokes }) => strokes.length === pressed.length).map(({ command }) => command)
  return { complete, growing: begun.length > complete.length, taken: begun.length > 0 }
}

function pendingAfter(found: Found, strokes: readonly Stroke[], at: number): Pending {
  return found.growing ? { strokes, at } : nothingPending
}
