import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { statusColours } from './status-colors.ts'
import { type ColourName, colours, type Scheme, tokenStylesheet } from './tokens.ts'

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const papers: ColourName[] = ['paper', 'bg', 'sel', 'hover']
const schemes: Scheme[] = ['light', 'dark']

describe.each(schemes)('in the %s scheme', (scheme) => {
  const colour = colours[scheme]

  test.each(['ink', 'ink-2', 'ink-3', 'accent', 'late', 'soon', 'ok', 'pause'] as const)(
    '%s can be read on every paper',
    (name) => {
      for (const paper of papers) expect(contrast(colour[name], colour[paper])).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('every status is readable on paper, on the selected row and on its own soft background', () => {
    for (const { ink, ground } of Object.values(statusColours)) {
      for (const paper of [...papers, ground]) {
        expect(contrast(colour[ink], colour[paper]), `${ink} on ${paper}`).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  test('an internal note is readable on its own paper', () => {
    for (const ink of ['ink', 'ink-2', 'ink-3', 'note-ink', 'late'] as const) {
      expect(contrast(colour[ink], colour.note), ink).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('the main button and the focus ring have enough contrast', () => {
    expect(contrast(colour['accent-ink'], colour.accent)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour.accent, colour['accent-soft'])).toBeGreaterThanOrEqual(4.5)
    for (const paper of papers) expect(contrast(colour.focus, colour[paper])).toBeGreaterThanOrEqual(3)
    for (const paper of papers) expect(contrast(colour['line-strong'], colour[paper])).toBeGreaterThanOrEqual(3)
  })
})

test('both schemes name the same colours', () => {
  expect(Object.keys(colours.dark)).toEqual(Object.keys(colours.light))
})

test('no stylesheet uses an undefined property: the browser would silently drop the whole line', () => {
  const folder = `${import.meta.dirname}/../..`
  const read = (pattern: string) =>
    globSync(pattern, { cwd: folder }).map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
  const sheets = read('{app,components}/**/*.css')
  const code = read('{app,components}/**/*.{ts,tsx}')
  expect(sheets.length).toBeGreaterThan(100)
  const set = new Set(
    [tokenStylesheet(), ...sheets, ...code].flatMap((text) =>
      [...text.matchAll(/(--[a-z0-9-]+)(?:['"]?\]?\s*:|['"],)/g)].map(([, name]) => name),
    ),
  )
  const used = sheets.flatMap((text) => [...text.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name]) => name))
  expect([...new Set(used)].filter((name) => !set.has(name))).toEqual([])
})
