'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { dropDraft, takeDraft, writeDraft } from '#components/reports/report/drafts.ts'
import { refusalOf } from '#components/trpc/refusal.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import { type Clash, mergeContent } from '#server/bulletins/rules/merge.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { isSameText, withPart } from './content-parts.ts'

export type SaveState = 'saved' | 'typed' | 'saving' | 'failed' | 'conflict'

/** Two texts that could not be merged: both are kept until someone has chosen. */
export type TextConflict = {
  mine: BulletinContent
  theirs: BulletinContent
  clashes: Clash[]
  version: number
  by: string | null
  at: Date | null
}

type Draft = { content: BulletinContent; base: BulletinContent; version: number }

/**
 * Milliseconds without typing before the text is sent to the server. The local copy is stored 800 ms after the last
 * key.
 */
const restBeforeSaving = 2_000
const restAfterFailure = 10_000

type Options = { view: BulletinView; accountId: string; isOpen: boolean }

/**
 * The text while it is being written: stored locally at once, soon on the server, merged with what a colleague saves
 * meanwhile. Nothing that was typed is lost, whether by a lost connection, a reload, or another save.
 */
export function useBulletinText({ view, accountId, isOpen }: Options) {
  const client = useTRPCClient()
  const trpc = useTRPC()
  const queries = useQueryClient()
  const key = `draft:${accountId}:bulletin:${view.id}`
  const [content, setContent] = useState(view.content)
  const [generation, setGeneration] = useState(0)
  const [standing, setStanding] = useState<SaveState>('saved')
  const [savedAt, setSavedAt] = useState(view.revision.savedAt)
  const [failure, setFailure] = useState<unknown>(null)
  const [conflict, setConflict] = useState<TextConflict | null>(null)
  const mind = useRef({
    content: view.content,
    base: view.content,
    version: view.version,
    isTyped: false,
    /** Approved: no autosave, as saving would revoke the approval. */
    isApproved: view.state === 'approved',
    saving: null as Promise<number | null> | null,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  })

  useEffect(() => {
    mind.current.isApproved = view.state === 'approved'
  }, [view.state])

  const put = useCallback((next: BulletinContent) => {
    mind.current.content = next
    setContent(next)
    setGeneration((before) => before + 1)
  }, [])

  const clash = useCallback((found: TextConflict) => {
    setStanding('conflict')
    setConflict(found)
  }, [])

  const send = useCallback(
    async (typo: boolean, auto: boolean): Promise<number | null> => {
      const now = mind.current
      const { content: sent, base, version } = now
      now.isTyped = false
      setStanding('saving')
      try {
        const saved = await client.bulletins.save.mutate({ id: view.id, version, content: sent, base, auto, typo })
        now.version = saved.version
        now.base = saved.content ?? sent
        if (saved.content) {
          const merged = mergeContent(sent, now.content, saved.content)
          if (merged.clashes.length > 0) {
            clash({ ...merged, mine: now.content, theirs: saved.content, version: saved.version, by: null, at: null })
            return null
          }
          put(merged.content)
        }
        setSavedAt(new Date())
        setFailure(null)
        if (!now.isTyped) dropDraft(key)
        setStanding(now.isTyped ? 'typed' : 'saved')
        void queries.invalidateQueries(trpc.bulletins.byId.queryFilter(view.id))
        return saved.version
      } catch (error) {
        now.isTyped = true
        const refusal = refusalOf(error)
        if (refusal?.code === 'conflict' && refusal.details.theirs) {
          clash({ ...(refusal.details as unknown as TextConflict), mine: now.content })
        } else {
          setFailure(error)
          setStanding('failed')
        }
        return null
      }
    },
    [client, clash, key, put, queries, trpc, view.id],
  )

  /** Saves what is not saved yet. Returns the version on the server, or null if it could not be saved. */
  const save = useCallback(
    async ({ typo = false, auto = false } = {}): Promise<number | null> => {
      const now = mind.current
      clearTimeout(now.timer)
      while (now.saving) await now.saving
      if (!now.isTyped) return now.version
      now.saving = send(typo, auto)
      const version = await now.saving
      now.saving = null
      return version
    },
    [send],
  )

  const later = useCallback(
    (rest: number) => {
      clearTimeout(mind.current.timer)
      if (mind.current.isApproved) return
      mind.current.timer = setTimeout(() => void save({ auto: true }), rest)
    },
    [save],
  )

  /** The text was edited. `quiet`: a typo correction in an approved text, which its writer saves manually. */
  const change = useCallback(
    (next: BulletinContent, { quiet = false } = {}) => {
      const now = mind.current
      if (isSameText(next, now.content)) return
      now.content = next
      now.isTyped = true
      setContent(next)
      setStanding((before) => (before === 'conflict' ? before : 'typed'))
      writeDraft(key, { content: next, base: now.base, version: now.version } satisfies Draft)
      if (!quiet) later(restBeforeSaving)
    },
    [key, later],
  )

  /** Merges the two texts by the user's choice, part by part. */
  const resolve = useCallback(
    (keepMine: readonly string[]) => {
      if (!conflict) return
      const now = mind.current
      const merged = mergeContent(now.base, conflict.mine, conflict.theirs).content
      const chosen = conflict.clashes
        .filter(({ path }) => keepMine.includes(path))
        .reduce((text, { path, mine }) => withPart(text, path, mine), merged)
      now.base = conflict.theirs
      now.version = conflict.version
      now.isTyped = true
      setConflict(null)
      put(chosen)
      void save()
    },
    [conflict, put, save],
  )

  /** Discards what was typed here. */
  const giveUp = useCallback(() => {
    mind.current.isTyped = false
    clearTimeout(mind.current.timer)
    dropDraft(key)
    mind.current.base = view.content
    mind.current.version = view.version
    put(view.content)
    setStanding('saved')
    setFailure(null)
  }, [key, put, view.content, view.version])

  // Takes over the server's text, unless something is being typed: then the save merges the two.
  useEffect(() => {
    const now = mind.current
    if (now.isTyped || now.saving || view.version <= now.version) return
    now.base = view.content
    now.version = view.version
    setSavedAt(view.revision.savedAt)
    if (!isSameText(now.content, view.content)) put(view.content)
  }, [view.version, view.content, view.revision.savedAt, put])

  // Restores what was typed here and never reached the server, e.g. after a crash, a lock or a lost connection.
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || !isOpen) return
    opened.current = true
    const draft = takeDraft(key) as Draft | undefined
    if (!draft || isSameText(draft.content, mind.current.content)) return
    const merged = mergeContent(draft.base, draft.content, mind.current.base)
    mind.current.isTyped = true
    if (merged.clashes.length > 0) {
      const { version, base: theirs } = mind.current
      mind.current.base = draft.base
      clash({ ...merged, mine: draft.content, theirs, version, by: null, at: null })
    } else {
      put(merged.content)
      setStanding('typed')
      later(restBeforeSaving)
    }
  }, [isOpen, key, clash, later, put])

  useEffect(() => {
    if (standing === 'failed') later(restAfterFailure)
  }, [standing, later])
  useEffect(() => {
    const now = mind.current
    const warn = (event: BeforeUnloadEvent) => {
      if (now.isTyped || now.saving) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      clearTimeout(now.timer)
      if (now.isTyped && !now.isApproved) void save({ auto: true })
    }
  }, [save])

  return { content, generation, standing, savedAt, failure, conflict, change, save, resolve, giveUp }
}

export type BulletinText = ReturnType<typeof useBulletinText>
