'use client'

import { useEffect } from 'react'
import { whenIdle } from '#components/ui/when-idle.ts'

/** The page, its keys and its dialogs come first. */
const afterPage = 1500

/** Keeps this tab connected while somebody is signed in. `name`: tabs of the same account share one stream. */
export function useLiveConnection(name: string, isSignedIn: boolean): void {
  useEffect(() => {
    if (!isSignedIn) return
    let close = () => {}
    const connect = async () => {
      const { joinStream } = await import('./connection.ts')
      if (!gone) close = joinStream(name)
    }
    let gone = false
    let callOff = () => {}
    const timer = setTimeout(() => {
      callOff = whenIdle(() => void connect().catch(() => undefined))
    }, afterPage)
    return () => {
      gone = true
      clearTimeout(timer)
      callOff()
      close()
    }
  }, [name, isSignedIn])
}
