import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { shellDomains } from './ClientMessages.tsx'

const root = fileURLToPath(new URL('..', import.meta.url))

type Source = { text: string; isClient: boolean; imports: string[] }
const sources = new Map<string, Source>()

/** The files that a file loads, now or later; types are not loaded. */
function sourceOf(file: string): Source {
  const known = sources.get(file)
  if (known) return known
  const text = readFileSync(file, 'utf8')
  const named = [...text.matchAll(/^(?:import|export)(?! type)[^'"]*?from '([^']+)'|\bimport\('([^']+)'\)/gm)]
  const imports = named.flatMap(([, at, later]) => resolved(at ?? later ?? '', file))
  const source = { text, isClient: /^'use client'/.test(text), imports }
  sources.set(file, source)
  return source
}

function resolved(name: string, from: string): string[] {
  if (!/^[#.].*\.tsx?$/.test(name)) return []
  const file = name.startsWith('#') ? join(root, name.slice(1)) : join(dirname(from), name)
  return existsSync(file) ? [file] : []
}

/**
 * The domains whose words the files read in the browser, each with the file that reads it. Only domains that are named
 * in the call are seen, not those in a variable or in the key of a sentence.
 */
function wordsRead(page: string): Map<string, string> {
  const read = new Map<string, string>()
  const seen = new Set<string>()
  const follow = (file: string, isBelow: boolean) => {
    const { text, isClient, imports } = sourceOf(file)
    const inBrowser = isBelow || isClient
    const key = `${inBrowser} ${file}`
    if (seen.has(key)) return
    seen.add(key)
    if (inBrowser) {
      for (const [, domain = ''] of text.matchAll(/useTranslations\('([^'.]+)/g)) read.set(domain, relative(root, file))
    }
    for (const one of imports) follow(one, inBrowser)
  }
  follow(page, false)
  return read
}

const files = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
const pages = files
  .filter((file) => /\.tsx$/.test(file))
  .map((file) => join(root, 'app', file))
  .filter((file) => /<ClientMessages /.test(readFileSync(file, 'utf8')))

describe('a page sends the browser the words of everything it may show', () => {
  test.for(pages.map((page) => relative(root, page)))('%s', (page) => {
    const { text } = sourceOf(join(root, page))
    const [list] = /\bdomains ?= ?[[{][^\]}]*[\]}]/.exec(text) ?? ['']
    const sent = new Set<string>([...list.matchAll(/'([^']+)'/g)].map(([, domain = '']) => domain))
    if (list.includes('shellDomains')) for (const domain of shellDomains) sent.add(domain)
    const missing = [...wordsRead(join(root, page))].filter(([domain]) => !sent.has(domain))
    expect(missing).toEqual([])
  })
})
