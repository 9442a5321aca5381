'use client'

import { type ReactNode, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { type CommandId, commandOf, type Scope } from './commands.ts'
import { HoldNotice } from './HoldNotice.tsx'
import { holdKeys } from './hold.ts'
import {
  type Chosen,
  type CommandHandlers,
  type Keyboard,
  KeyboardContext,
  type Registration,
} from './keyboard-context.ts'
import { advance, nothingPending } from './matching.ts'
import { mayTake } from './places.ts'
import { strokeOf } from './strokes.ts'

const { Panel: KeySheet } = lazyPanel(() => import('./KeySheet.tsx').then((sheet) => sheet.KeySheet), {
  onDemand: true,
})

/** The nearer a scope is to what the user works on, the earlier it is tried. */
const nearness: Record<Scope, number> = {
  report: 0,
  composer: 0,
  triage: 0,
  editor: 0,
  review: 1,
  incident: 1,
  row: 1,
  list: 2,
  map: 2,
  board: 2,
  global: 3,
  anywhere: 4,
}

/** Milliseconds. Longer than a panel needs to open and take the focus, which ends the hold at once. */
const takingFocus = 300

type Early = { id: CommandId; release: () => void }

type Props = { singleKeys: boolean; children: ReactNode }

/** Listens once for the whole desk and passes each press to the nearest scope that has a handler for it. */
export function KeyboardProvider({ singleKeys, children }: Props) {
  const registrations = useRef<readonly Registration[]>([])
  const listeners = useRef(new Set<() => void>())
  const pending = useRef(nothingPending)
  /** For each scope, how many parts of the page that handle its keys are still loading. */
  const awaited = useRef(new Map<Scope, number>())
  /** Presses that came before the part they are meant for. */
  const early = useRef<Early[]>([])
  const [sheetOpen, setSheetOpen] = useState(false)

  const runFirst = useCallback((ids: readonly CommandId[], press?: KeyboardEvent, chosen?: Chosen): boolean => {
    for (const { handlers } of registrations.current) {
      for (const id of ids) {
        const handler = handlers.current[id]
        if (handler && handler(press, chosen) !== false) return true
      }
    }
    return false
  }, [])

  const isAwaited = useCallback((id: CommandId) => (awaited.current.get(commandOf(id).scope) ?? 0) > 0, [])
  const remember = useCallback(
    (ids: readonly CommandId[], isRepeat: boolean): boolean => {
      const id = ids.find(isAwaited)
      if (!id) return false
      // A held key repeats by itself once the part is there.
      if (isRepeat) return true
      // A command that opens something captures what is typed from here on; one that acts at once leaves the keys free
      // for the next.
      const press: Early = { id, release: () => {} }
      if (commandOf(id).opens) {
        press.release = holdKeys(() => {
          early.current = early.current.filter((each) => each !== press)
        })
      }
      early.current.push(press)
      return true
    },
    [isAwaited],
  )

  const runEarly = useCallback(() => {
    const presses = early.current
    early.current = []
    for (const press of presses) {
      // Each press acts on the result of the one before it: rendered in between, as with separate presses.
      if (flushSync(() => runFirst([press.id]))) setTimeout(press.release, takingFocus)
      else if (isAwaited(press.id)) early.current.push(press)
      else press.release()
    }
  }, [runFirst, isAwaited])

  const forget = useCallback((scopes: readonly Scope[]) => {
    const isMeant = ({ id }: Early) => scopes.includes(commandOf(id).scope)
    const gone = early.current.filter(isMeant)
    early.current = early.current.filter((press) => !isMeant(press))
    for (const press of gone) press.release()
  }, [])

  useEffect(() => {
    const listen = (press: KeyboardEvent) => {
      if (press.defaultPrevented) return
      const stroke = strokeOf(press)
      if (stroke === null) return
      const before = pending.current
      const match = advance(before, stroke, performance.now(), { singleKeys })
      const allowed = match.complete.filter((command) => mayTake(press, command))
      if (match.complete.length > 0 ? allowed.length === 0 : !mayTake(press, null)) {
        pending.current = nothingPending
        return
      }
      pending.current = match.pending
      // Waiting presses that can run now run before this one.
      if (early.current.some(({ id }) => !isAwaited(id))) runEarly()
      const ids = allowed.map((command) => command.id)
      if (runFirst(ids, press) || remember(ids, press.repeat) || (match.taken && before !== nothingPending))
        press.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [singleKeys, isAwaited, runFirst, remember, runEarly])

  const put = useCallback((next: readonly Registration[]) => {
    registrations.current = next
    for (const listener of listeners.current) listener()
  }, [])

  const keyboard = useMemo<Keyboard>(
    () => ({
      singleKeys,
      register: (registration) => {
        put([registration, ...registrations.current].sort((a, b) => nearness[a.scope] - nearness[b.scope]))
        return () => put(registrations.current.filter((each) => each !== registration))
      },
      await: (scopes) => {
        const count = (by: number) => {
          for (const scope of scopes) awaited.current.set(scope, (awaited.current.get(scope) ?? 0) + by)
        }
        count(1)
        return (isCalledOff = false) => {
          count(-1)
          if (isCalledOff) return forget(scopes)
          // The replacement handles the keys in the same tick.
          setTimeout(runEarly)
        }
      },
      run: (id, chosen) => runFirst([id], undefined, chosen),
      registered: () => registrations.current,
      subscribe: (listener) => {
        listeners.current.add(listener)
        return () => listeners.current.delete(listener)
      },
      showKeys: () => setSheetOpen(true),
    }),
    [singleKeys, put, runFirst, runEarly, forget],
  )

  return (
    <KeyboardContext value={keyboard}>
      <OwnCommands />
      {children}
      <HoldNotice />
      {sheetOpen && <KeySheet singleKeys={singleKeys} onClose={() => setSheetOpen(false)} />}
    </KeyboardContext>
  )
}

function OwnCommands() {
  const { showKeys } = useKeyboard()
  useCommands('global', { 'global.keys': showKeys })
  return null
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext)
  if (!keyboard) throw new Error('useKeyboard needs a KeyboardProvider above it')
  return keyboard
}

/**
 * Registers the handlers of a scope's commands while the component is mounted and `active`. The handlers may be new
 * functions on every render. `subject`: the code of the report they are about; `selected`: the number of chosen rows
 * they apply to.
 */
export function useCommands<S extends Scope>(
  scope: S,
  handlers: CommandHandlers<S>,
  {
    active = true,
    subject = null,
    selected = 0,
  }: { active?: boolean; subject?: string | null; selected?: number } = {},
): void {
  const { register } = useKeyboard()
  const latest = useRef<Registration['handlers']['current']>(handlers)
  const about = useRef(subject)
  const chosen = useRef(selected)
  // Before the first paint: what is shown can be acted on at once, as soon as it is read.
  useLayoutEffect(() => {
    latest.current = handlers
    about.current = subject
    chosen.current = selected
  })
  useEffect(
    () => (active ? register({ scope, handlers: latest, subject: about, selected: chosen }) : undefined),
    [active, register, scope],
  )
}

/**
 * Stands in for a part of the page that is loading and will handle these scopes: a press is remembered, and runs when
 * that part is there.
 */
export function useAwaitedCommands(scopes: string): void {
  const keyboard = useKeyboard()
  const { await: wait } = keyboard
  useEffect(() => wait(scopes.split(' ') as Scope[]), [wait, scopes])
}
