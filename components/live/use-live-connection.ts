'use client'

import { useEffect } from 'react'
import { whenIdle } from '#components/ui/when-idle.ts'

/** Milliseconds. The page, its keys and its dialogs load first. */
const afterPage = 1500

/** Keeps this tab connected while the account is signed in; its tabs share one stream. */
export function useLiveConnection(accountId: string, isSignedIn: boolean): void {
  useEffect(() => {
    if (!isSignedIn) return
    let close = () => {}
    const connect = async () => {
      const { joinStream } = await import('./connection.ts')
      if (!gone) close = joinStream(accountId)
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
  }, [accountId, isSignedIn])
}
