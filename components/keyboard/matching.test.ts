import { describe, expect, test } from 'vitest'
import { commands, openTogether, scopes } from './commands.ts'
import { advance, nothingPending, type Pending } from './matching.ts'
import { type KeyPress, strokeOf } from './strokes.ts'

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
})

const outsideTriage = commands.filter(({ scope }) => scope !== 'triage')

/** Plays strokes `gap` milliseconds apart and names the commands each completes, in a list with an open report. */
function play(strokes: string[], { gap = 100, singleKeys = true } = {}): string[][] {
  let pending: Pending = nothingPending
  return strokes.map((stroke, i) => {
    const match = advance(pending, stroke, 10_000 + i * gap, { singleKeys, commands: outsideTriage })
    pending = match.pending
    return match.complete.map((command) => command.id)
  })
}

describe('the registry', () => {
  test.each(openTogether.map((together) => [together.join(' + '), together] as const))(
    'has no key twice among %s',
    (_, together) => {
      const keys = commands.filter(({ scope }) => together.includes(scope)).flatMap((command) => command.keys)
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
    },
  )

  test('takes no key that the browser or the input method needs', () => {
    const reserved = ['f', 'r', 't', 'w', 'l', 'n', 'p'].map((key) => `Mod+${key}`)
    const strokes = commands.flatMap(({ keys }) => keys.flatMap((each) => each.split(' ')))
    expect(strokes.filter((stroke) => reserved.includes(stroke))).toEqual([])
    const chords = strokes.filter((stroke) => /Alt|Mod\+Shift|Shift\+Mod/.test(stroke))
    expect(chords.filter((stroke) => stroke !== 'Alt+Enter')).toEqual([])
  })

  test('lets only chords act inside text', () => {
    for (const { keys } of commands.filter(({ inText }) => inText))
      for (const key of keys) expect(key).toMatch(/^(Mod\+|Alt\+Enter$)/)
  })

  test('has the characters that are typed into a text, and treats none of them as a shortcut', () => {
    const typed = commands.filter(({ typed }) => typed)
    expect(typed.map(({ scope, keys }) => [scope, ...keys])).toEqual([
      ['composer', '::'],
      ['composer', '??'],
      ['composer', '@'],
      ['composer', '#'],
    ])
    const signs = typed.flatMap(({ keys }) => keys)
    expect(signs.flatMap((sign) => play([sign]).flat())).toEqual([])
    expect(signs.some((sign) => advance(nothingPending, sign, 0, { singleKeys: true }).taken)).toBe(false)
  })

  test('puts every command in a scope that is open together with others', () => {
    expect(scopes.filter((scope) => !openTogether.some((together) => together.includes(scope)))).toEqual([])
  })
})

describe('a key press becomes a stroke', () => {
  test.each([
    ['a letter', press('j', 'KeyJ'), 'j'],
    ['a letter under caps lock', press('J', 'KeyJ'), 'j'],
    ['a letter with shift', press('N', 'KeyN', { shiftKey: true }), 'Shift+n'],
    ['w rewritten to ư by Telex', press('ư', 'KeyW'), 'w'],
    ['[ rewritten to ơ', press('ơ', 'BracketLeft'), '['],
    ['] rewritten to ư', press('ư', 'BracketRight'), ']'],
    ['a digit rewritten to a vowel by VNI', press('â', 'Digit6'), '6'],
    ['a letter without a physical key', press('j', ''), 'j'],
    ['? where shift and / print it', press('?', 'Slash', { shiftKey: true }), '?'],
    ['? where another key prints it', press('?', 'Minus', { shiftKey: true }), '?'],
    ['the space bar', press(' ', 'Space'), 'Space'],
    ['Ctrl+Enter', press('Enter', 'Enter', { ctrlKey: true }), 'Mod+Enter'],
    ['⌘+Enter', press('Enter', 'Enter', { metaKey: true }), 'Mod+Enter'],
    ['Alt+Enter', press('Enter', 'Enter', { altKey: true }), 'Alt+Enter'],
    ['an arrow with shift', press('ArrowUp', 'ArrowUp', { shiftKey: true }), 'Shift+ArrowUp'],
  ])('%s', (_, event, stroke) => expect(strokeOf(event)).toBe(stroke))

  test.each([
    ['composing', press('d', 'KeyD', { isComposing: true })],
    ['handed to an input method', press('Process', 'KeyD')],
    ['announced by key code 229', press('d', 'KeyD', { keyCode: 229 })],
    ['AltGr', press('q', 'KeyQ', { ctrlKey: true, altKey: true })],
    ['Alt', press('q', 'KeyQ', { altKey: true })],
    ['Enter with more than Alt', press('Enter', 'Enter', { altKey: true, shiftKey: true })],
    ['Enter with AltGr', press('Enter', 'Enter', { altKey: true, ctrlKey: true })],
    ['Ctrl+Shift', press('A', 'KeyA', { ctrlKey: true, shiftKey: true })],
    ['a bare modifier', press('Shift', 'ShiftLeft', { shiftKey: true })],
  ])('but not when it is %s', (_, event) => expect(strokeOf(event)).toBeNull())
})

describe('at the triage desk', () => {
  const ofTriage = commands.filter(({ scope }) => scope === 'triage')
  const meant = (event: KeyPress) =>
    advance(nothingPending, strokeOf(event) ?? '', 0, { singleKeys: true, commands: ofTriage }).complete.map(
      ({ id }) => id,
    )

  test.each([
    ['1 as VNI sends it', press('á', 'Digit1'), 'triage.assign'],
    ['2', press('à', 'Digit2'), 'triage.merge'],
    ['3', press('ả', 'Digit3'), 'triage.reject'],
    ['4', press('ã', 'Digit4'), 'triage.ask'],
  ])('an input method that rewrites %s decides nothing else', (_, event, id) => expect(meant(event)).toEqual([id]))

  test('a digit that is part of a composed letter decides nothing', () => {
    expect(meant(press('1', 'Digit1', { isComposing: true }))).toEqual([])
    expect(meant(press('Process', 'Digit1', { keyCode: 229 }))).toEqual([])
  })

  test('no scope is open beside it with the same keys', () => {
    expect(openTogether.filter((together) => together.includes('triage'))).toEqual([['global', 'anywhere', 'triage']])
  })
})

describe('strokes become commands', () => {
  test('one stroke runs at once', () => expect(play(['j'])).toEqual([['list.next']]))
  test('two strokes run on the second', () => expect(play(['g', 'q'])).toEqual([[], ['global.queue']]))
  test('two strokes expire after a second', () =>
    expect(play(['g', 'u'], { gap: 1001 })).toEqual([[], ['list.loadNew']]))
  test('a prefix that completes nothing swallows the next key', () => {
    expect(play(['g', 'x', 'x'])).toEqual([[], [], ['list.select']])
  })
  test('ơ and ư on the bracket keys lead to the previous and next report', () => {
    const strokes = [press('ơ', 'BracketLeft'), press('ư', 'BracketRight')].map((event) => strokeOf(event) as string)
    expect(play(strokes)).toEqual([['report.previous'], ['report.next']])
  })
  test('the arrows work like the brackets', () => {
    expect(play(['Shift+ArrowUp', 'Shift+ArrowDown'])).toEqual([['report.previous'], ['report.next']])
  })
  test('further dots copy more', () => {
    expect(play(['.', '.', '.'])).toEqual([['report.copyCode'], ['report.copyTitle'], ['report.copyLink']])
  })
  test('dots a second apart copy the code each time', () => {
    const alone = ['report.copyCode']
    expect(play(['.', '.'], { gap: 1001 })).toEqual([alone, alone])
  })
  test('a key right after a dot counts for itself', () => {
    expect(play(['.', 'j'])).toEqual([['report.copyCode'], ['list.next']])
  })
  test('one key may mean a list, a report or a board', () => {
    expect(play(['Escape'])).toEqual([['list.clear', 'report.back', 'board.back']])
  })
  test('with single keys off only chords, arrows and named keys remain', () => {
    expect(play(['j', 'Shift+n', '?', 'g', 'q', '.'], { singleKeys: false }).flat()).toEqual([])
    expect(play(['ArrowDown', 'Mod+Enter', 'Space', 'Shift+ArrowUp'], { singleKeys: false }).flat()).toEqual([
      'list.next',
      'list.openInTab',
      'report.send',
      'list.peek',
      'report.previous',
    ])
  })
})
