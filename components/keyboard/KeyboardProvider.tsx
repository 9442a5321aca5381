'use client'

import { type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { CommandId, Scope } from './commands.ts'
import { type CommandHandlers, type Keyboard, KeyboardContext, type Registration } from './keyboard-context.ts'
import { advance, nothingPending } from './matching.ts'
import { mayTake } from './places.ts'
import { strokeOf } from './strokes.ts'

const { Panel: KeySheet } = lazyPanel(() => import('./KeySheet.tsx').then((sheet) => sheet.KeySheet))

/** The nearer to what the person works on, the earlier asked. */
const nearness: Record<Scope, number> = { report: 0, editor: 0, review: 1, row: 1, list: 2, board: 2, global: 3, anywhere: 4 }

type Props = { singleKeys: boolean; children: ReactNode }

/** Listens once for the whole desk and hands each press to the nearest scope that has a handler for it. */
export function KeyboardProvider({ singleKeys, children }: Props) {
  const registrations = useRef<Registration[]>([])
  const pending = useRef(nothingPending)
  const [sheetOpen, setSheetOpen] = useState(false)

  const runFirst = useCallback((ids: readonly CommandId[], press?: KeyboardEvent): boolean => {
    for (const { handlers } of registrations.current) {
      for (const id of ids) {
        const handler = handlers.current[id]
        if (handler && handler(press) !== false) return true
      }
    }
    return false
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
      const ids = allowed.map((command) => command.id)
      if (runFirst(ids, press) || (match.taken && before !== nothingPending)) press.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [singleKeys, runFirst])

  const keyboard = useMemo<Keyboard>(
    () => ({
      singleKeys,
      register: (registration) => {
        registrations.current = [registration, ...registrations.current].sort(
          (a, b) => nearness[a.scope] - nearness[b.scope],
        )
        return () => {
          registrations.current = registrations.current.filter((each) => each !== registration)
        }
      },
      run: (id) => runFirst([id]),
      showKeys: () => setSheetOpen(true),
    }),
    [singleKeys, runFirst],
  )

  return (
    <KeyboardContext value={keyboard}>
      <OwnCommands />
      {children}
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
 * Gives the commands of a scope their handlers while the component is mounted and `active`.
 * The handlers may be new functions on every render.
 */
export function useCommands<S extends Scope>(scope: S, handlers: CommandHandlers<S>, { active = true } = {}): void {
  const { register } = useKeyboard()
  const latest = useRef<Registration['handlers']['current']>(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => (active ? register({ scope, handlers: latest }) : undefined), [active, register, scope])
}
