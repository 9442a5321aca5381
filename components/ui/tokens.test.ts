import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pinSigns } from '#components/reports/map/pin-signs.ts'
import { statusColours } from './status-colors.ts'
import { breakPoints, type ColourName, colours, type Scheme, sizes, spaceSteps, tokenStylesheet } from './tokens.ts'

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

  test.each(['ink', 'ink-2', 'ink-3', 'accent', 'late', 'wrong', 'grave', 'worse', 'soon', 'ok', 'pause'] as const)(
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
    for (const ink of ['ink', 'ink-2', 'ink-3', 'note-ink', 'late', 'wrong', 'grave'] as const) {
      expect(contrast(colour[ink], colour.note), ink).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('the main button and the focus ring have enough contrast', () => {
    expect(contrast(colour['accent-ink'], colour.accent)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(colour.accent, colour['accent-soft'])).toBeGreaterThanOrEqual(4.5)
    for (const paper of papers) expect(contrast(colour.focus, colour[paper])).toBeGreaterThanOrEqual(3)
    for (const paper of papers) expect(contrast(colour['line-strong'], colour[paper])).toBeGreaterThanOrEqual(3)
  })

  test('signs of the map stand out from every paper', () => {
    for (const { ink } of Object.values(pinSigns)) {
      for (const paper of papers) expect(contrast(colour[ink], colour[paper]), ink).toBeGreaterThanOrEqual(3)
    }
  })
})

test('both schemes name the same colours', () => {
  expect(Object.keys(colours.dark)).toEqual(Object.keys(colours.light))
})

const folder = `${import.meta.dirname}/../..`
const named = (pattern: string) =>
  globSync(pattern, { cwd: folder }).map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }))
const sheets = named('{app,components}/**/*.css')

/** What says that something is past its deadline. Nothing else takes this ink. */
const aboutDeadlines = [
  'components/citizen-page/citizen-page.css',
  'components/incidents/IncidentDetail.module.css',
  'components/insights/charts/OpenCharts.tsx',
  'components/insights/inks.ts',
  'components/insights/storm/StormFigures.module.css',
  'components/insights/today/Explanations.module.css',
  'components/insights/today/Figures.module.css',
  'components/insights/today/Risks.module.css',
  'components/insights/today/TodayScreen.module.css',
  'components/insights/top/TopFigures.module.css',
  'components/insights/wall/Wall.module.css',
  'components/notifications/NotificationList.module.css',
  'components/reports/map/page/MapList.module.css',
  'components/reports/map/pin-signs.ts',
  'components/reports/queue/ViewSwitcher.module.css',
  'components/reports/report/ClockDetails.module.css',
  'components/reports/report/Timeline.module.css',
  'components/ui/ViewsList.module.css',
  'components/ui/status-colors.ts',
]

test('the ink of what is past its deadline is used for nothing else', () => {
  const code = named('{app,components}/**/*.{ts,tsx}').filter(({ file }) => !/tokens(\.test)?\.ts$/.test(file))
  const takesLate =
    /--late\b|(?:token|mixed)\('late(?:-soft)?'|(?:ink|ground): 'late(?:-soft)?'|\bc(?:\.late\b|\['late)/
  const found = [...sheets, ...code].filter(({ text }) => takesLate.test(text)).map(({ file }) => file)
  expect(found.sort()).toEqual(aboutDeadlines)
})

test('worse beyond chance, past a deadline and reached are told apart', () => {
  for (const scheme of schemes) {
    const { worse, late, ok, soon, ink } = colours[scheme]
    expect(new Set([worse, late, ok, soon, ink]).size).toBe(5)
  }
  const saysWorse = sheets.flatMap(({ file, text }) =>
    [...text.matchAll(/\[data-(?:verdict|standing)="worse"\][^{]*\{([^}]*)\}/g)].map(([, body]) => ({ file, body })),
  )
  expect(saysWorse.length).toBeGreaterThan(5)
  expect(saysWorse.filter(({ body = '' }) => !body.includes('var(--worse)'))).toEqual([])
})

test('no stylesheet uses an undefined property: the browser would silently drop the whole line', () => {
  const code = named('{app,components}/**/*.{ts,tsx}')
  expect(sheets.length).toBeGreaterThan(100)
  const set = new Set(
    [tokenStylesheet(), ...[...sheets, ...code].map(({ text }) => text)].flatMap((text) =>
      [...text.matchAll(/(--[a-z0-9-]+)(?:['"]?\]?\s*:|['"],)/g)].map(([, name]) => name),
    ),
  )
  const used = sheets.flatMap(({ text }) => [...text.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name]) => name))
  expect([...new Set(used)].filter((name) => !set.has(name))).toEqual([])
})

/**
 * The public pages have stylesheets of their own, which stand alone; the wall is read from afar, in its own sizes.
 */
const ofTheDesk = sheets.filter(
  ({ file }) => !/^components\/(bulletins\/public|citizen-page|rest|insights\/wall)\//.test(file),
)

test('sizes of type come from the tokens; relative to their text, or in points on paper, they may stand alone', () => {
  const allowed = new RegExp(`^(var\\(--(${Object.keys(sizes).join('|')})\\)|inherit|[\\d.]+(em|pt))$`)
  const found = ofTheDesk.flatMap(({ file, text }) =>
    [...text.matchAll(/font-size:\s*([^;]+);/g)].map(([, size = '']) => ({ file, size })),
  )
  expect(found.length).toBeGreaterThan(100)
  expect(found.filter(({ size }) => !allowed.test(size))).toEqual([])
})

/** What is between things and around them, and where a floating part stands. */
const distance =
  /(?:^|[\s;{])((?:margin|padding|gap|(?:row|column)-gap|scroll-|inset|top|right|bottom|left)[a-z-]*):\s*([^;{}]+);/g

/**
 * A step of the scale, or one pixel to correct the eye. Added to a step or to a share, a length is the size of a thing
 * (`calc(44px + var(--space-8))`). Relative to their text, or measured on paper, distances may stand alone.
 */
function isOffTheScale(value: string): boolean {
  const functions = [...value.matchAll(/(?:calc|clamp|min|max)\((?:[^()]|\([^()]*\))*\)/g)].map(([whole]) => whole)
  const outside = functions.reduce((rest, whole) => rest.replace(whole, ''), value)
  const steps = spaceSteps.map((step) => `--space-${step}`)
  const named = [...value.matchAll(/--space-[\w-]+/g)].map(([name]) => name)
  return (
    /(?<![\w.-])-?(?!1px)[\d.]+(px|rem)/.test(outside) ||
    functions.some((whole) => /\dpx/.test(whole) && !/var\(|%|v[wh]\b/.test(whole)) ||
    named.some((name) => !steps.includes(name))
  )
}

test('distances come from the tokens, in stylesheets and in the theme', () => {
  const found = ofTheDesk.flatMap(({ file, text }) =>
    [...text.matchAll(distance)].map(([, name, value = '']) => ({ file, name, value })),
  )
  expect(found.length).toBeGreaterThan(1000)
  expect(found.filter(({ value }) => isOffTheScale(value))).toEqual([])

  const inCode = named('{app,components}/**/*.{ts,tsx}').flatMap(({ file, text }) => {
    const styled = file.startsWith('components/ui/theme') ? [[text]] : [...text.matchAll(/style=\{\{[^}]*/g)]
    return styled.flatMap(([style = '']) =>
      [...style.matchAll(/\b(?:margin|padding|gap|inset)[A-Za-z]*: ['"`]?-?(?:0 )?[1-9]\d*(?:px|rem|[,' }])/g)].map(
        ([line]) => ({ file, line }),
      ),
    )
  })
  expect(inCode).toEqual([])
})

test('layouts change at the four break points only', () => {
  const allowed = breakPoints.flatMap((width) => [`min-width: ${width}px`, `max-width: ${width}px`])
  const beside = breakPoints.flatMap((width) => [`min-width: ${width + 1}px`, `max-width: ${width - 1}px`])
  const found = sheets.flatMap(({ file, text }) =>
    [...text.matchAll(/@media[^{]*/g)].flatMap(([query]) =>
      [...query.matchAll(/(?:min|max)-width:[^)]+/g)].map(([width]) => ({ file, width })),
    ),
  )
  expect(found.length).toBeGreaterThan(50)
  expect(found.filter(({ width }) => ![...allowed, ...beside].includes(width))).toEqual([])
})
